package org.postern.render.yaml;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.postern.render.remote.KnownTracker;
import org.postern.render.remote.Trackers;

/** Reads the table of known trackers. */
public final class TrackerTable {
    private static final String TABLE = "/trackers.yaml";

    private TrackerTable() {}

    /** The table that comes with the service. */
    public static Trackers own() {
        try (InputStream table = Objects.requireNonNull(TrackerTable.class.getResourceAsStream(TABLE), TABLE)) {
            return read(table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IOException where it is not such a table */
    public static Trackers read(InputStream table) throws IOException {
        YAMLMapper yaml = YAMLMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        List<KnownTracker> known = yaml.readValue(table, new TypeReference<>() {});
        return new Trackers(known);
    }
}
