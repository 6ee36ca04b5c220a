package org.postern.render.yaml;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.postern.render.remote.Redirectors;

/** Reads the table of known redirectors. */
public final class RedirectorTable {
    private static final String TABLE = "/redirectors.yaml";

    private RedirectorTable() {}

    /** The table that comes with the service. */
    public static Redirectors own() {
        YAMLMapper yaml = YAMLMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        try (InputStream table = Objects.requireNonNull(RedirectorTable.class.getResourceAsStream(TABLE), TABLE)) {
            return new Redirectors(yaml.readValue(table, new TypeReference<List<Redirectors.Redirector>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
