package org.postern.message.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postern.events.codec.EventJson;

/** How our values stand in columns: times in UTC, documents as the events' JSON. */
final class Columns {
    private Columns() {}

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static UUID uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    static @Nullable String json(@Nullable Object document) {
        if (document == null) {
            return null;
        }
        try {
            return EventJson.mapper().writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document of ours can always be written", e);
        }
    }

    static <T> @Nullable T document(ResultSet row, String column, TypeReference<T> type) throws SQLException {
        String json = row.getString(column);
        if (json == null) {
            return null;
        }
        try {
            return EventJson.mapper().readValue(json, type);
        } catch (JsonProcessingException e) {
            // Without the cause: Jackson's messages quote the text.
            throw new IllegalStateException("column " + column + " holds a document that cannot be read");
        }
    }

    /** The value of a word; the careful one where the word is of a newer version. */
    static <E extends Enum<E>> E word(String text, E[] values, Function<E, String> word, E careful) {
        for (E value : values) {
            if (word.apply(value).equals(text)) {
                return value;
            }
        }
        return careful;
    }

    /** Sets the parameters from 1 on. */
    static void set(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            statement.setObject(i + 1, value instanceof Instant instant ? time(instant) : value);
        }
    }
}
