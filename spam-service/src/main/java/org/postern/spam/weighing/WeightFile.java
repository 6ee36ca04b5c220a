package org.postern.spam.weighing;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a table of weights from YAML, strictly: what it does not know is a mistake. */
public final class WeightFile {
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final int LARGEST = 256 * 1024;
    private static final int VERSION_BYTES = 6;

    private WeightFile() {}

    private record File(
            WeightTable.@Nullable Thresholds thresholds,
            WeightTable.@Nullable Engine engine,
            @Nullable Map<String, WeightTable.Group> groups) {}

    /**
     * Reads a table.
     *
     * @throws BadTableException where it has a mistake; its message names it
     */
    public static WeightTable read(byte[] file) throws BadTableException {
        if (file.length > LARGEST) {
            throw new BadTableException("the table has more than " + LARGEST + " bytes");
        }
        try {
            File read = YAML.readValue(file, File.class);
            if (read == null || read.thresholds() == null || read.engine() == null || read.groups() == null) {
                throw new BadTableException("the table must have thresholds, engine and groups");
            }
            return new WeightTable(version(file), read.thresholds(), read.engine(), read.groups());
        } catch (JsonMappingException e) {
            Throwable cause = e.getCause();
            String rule = cause instanceof IllegalArgumentException ? cause.getMessage() : e.getOriginalMessage();
            throw new BadTableException(rule + place(e));
        } catch (JsonProcessingException e) {
            throw new BadTableException(e.getOriginalMessage() + place(e));
        } catch (IllegalArgumentException e) {
            throw new BadTableException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory can always be read", e);
        }
    }

    /** The table that comes with the service. */
    public static WeightTable bundled() {
        try (InputStream in = WeightFile.class.getResourceAsStream("/phishing/weights.yaml")) {
            if (in == null) {
                throw new IllegalStateException("the table of weights is missing");
            }
            return read(in.readAllBytes());
        } catch (IOException | BadTableException e) {
            throw new IllegalStateException("the table of weights is a defect of the build", e);
        }
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
    }

    private static String version(byte[] file) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(file);
            return HexFormat.of().formatHex(sum, 0, VERSION_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
