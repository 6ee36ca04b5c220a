package org.postern.events.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postern.events.Event;
import org.postern.events.TraceContext;

/** What was once published must be read for ever, and what is written now must be what was agreed. */
class GoldenFilesTest {
    private static final ObjectMapper JSON = EventJson.mapper();
    private static final TraceContext TRACE =
            new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    private static final EventCodec CODEC =
            new EventCodec("/test", Clock.fixed(Instant.parse("2026-11-01T12:00:01Z"), ZoneOffset.UTC));

    static Stream<String> names() {
        return Samples.all().keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("names")
    void an_event_is_written_as_its_golden_file_says(String name) throws IOException {
        JsonNode written = JSON.readTree(CODEC.encode(sample(name), TRACE).json());
        Regenerated.file(Path.of("src/test/resources/goldens", name + ".json"), written);
        assertThat(written).isEqualTo(golden(name));
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_golden_file_is_read_as_its_event(String name) throws Exception {
        Event sample = sample(name);
        assertThat(decode(sample.getClass(), golden(name))).isEqualTo(sample);
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_golden_file_satisfies_the_published_schema(String name) throws IOException {
        String topic = Topic.of(sample(name)).topicName();
        try (InputStream in = resource("/schemas/" + topic + ".json")) {
            JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(in);
            assertThat(schema.validate(golden(name))).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void fields_that_a_newer_version_adds_are_passed_over(String name) throws Exception {
        ObjectNode newer = golden(name).deepCopy();
        newer.put("addedLater", "x").putObject("addedObject").put("a", 1);
        Event sample = sample(name);
        assertThat(decode(sample.getClass(), newer)).isEqualTo(sample);
    }

    @Test
    void the_record_is_a_cloud_event_in_binary_mode() {
        EncodedEvent encoded = CODEC.encode(sample("mail.judged.v1"), TRACE);
        assertThat(encoded.key()).isEqualTo("019abcde-0000-7000-8000-000000000001");
        assertThat(encoded.headers())
                .isEqualTo(Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", sample("mail.judged.v1").id().toString(),
                        "ce_source", "/test",
                        "ce_type", "org.postern.mail.judged.v1",
                        "ce_time", "2026-11-01T12:00:01Z",
                        "ce_subject", "019abcde-0000-7000-8000-000000000001",
                        "ce_tenant", "default",
                        "content-type", "application/json",
                        "traceparent", TRACE.traceparent()));
    }

    @Test
    void only_mail_received_holds_an_address() {
        Samples.all().forEach((name, event) -> {
            if (Topic.of(event) != Topic.MAIL_RECEIVED) {
                assertThat(CODEC.encode(event, TRACE).json()).as(name).doesNotContain("@", "192.0.2.1");
            }
        });
    }

    private static Event sample(String name) {
        return Objects.requireNonNull(Samples.all().get(name));
    }

    private static <E extends Event> E decode(Class<E> type, JsonNode json) throws Exception {
        byte[] value = json.toString().getBytes(StandardCharsets.UTF_8);
        return CODEC.decode(type, Map.of(EventHeader.TRACE_PARENT, TRACE.traceparent()), value)
                .event();
    }

    private static JsonNode golden(String name) throws IOException {
        Path path = Path.of("src/test/resources/goldens", name + ".json");
        return JSON.readTree(Files.readAllBytes(path));
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(GoldenFilesTest.class.getResourceAsStream(name), name);
    }
}
