package org.postern.events.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postern.events.ContentHash;
import org.postern.events.DomainName;
import org.postern.events.EnvelopeSender;
import org.postern.events.Event;
import org.postern.events.EventId;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.ObjectId;
import org.postern.events.RecipientHash;
import org.postern.events.SubjectHash;
import org.postern.events.Tenant;
import org.postern.events.identity.RevokedIdentity;
import org.postern.events.push.AccountId;

/** The published schemas and the AsyncAPI document say what the records say. */
class SchemasTest {
    private static final Map<Class<?>, String> TEXTS = Map.ofEntries(
            Map.entry(MessageId.class, "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"),
            Map.entry(EventId.class, "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"),
            Map.entry(ContentHash.class, "^[0-9a-f]{64}$"),
            Map.entry(ObjectId.class, "^[0-9a-f]{32}$"),
            Map.entry(RecipientHash.class, "^[A-Za-z0-9_-]{43}$"),
            Map.entry(RevokedIdentity.class, "^[A-Za-z0-9_-]{43}$"),
            Map.entry(SubjectHash.class, "^[A-Za-z0-9_-]{43}$"),
            Map.entry(AccountId.class, "^[A-Za-z0-9_-]{1,255}$"),
            Map.entry(Tenant.class, "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"),
            Map.entry(DomainName.class, "^[a-z0-9_.-]{1,253}$"),
            Map.entry(MailAddress.class, "^.+@.+$"),
            Map.entry(EnvelopeSender.class, "^(.+@.+)?$"),
            Map.entry(Duration.class, "^PT"),
            Map.entry(Instant.class, "Z$"));

    static Stream<Topic> topicsWithEvents() {
        return Arrays.stream(Topic.values()).filter(topic -> topic.eventType() != null);
    }

    @ParameterizedTest
    @MethodSource("topicsWithEvents")
    void the_published_schema_is_that_of_the_record(Topic topic) throws IOException {
        Path file = Path.of("src/main/resources/schemas", topic.topicName() + ".json");
        JsonNode schema = schemaOf(topic);
        Regenerated.file(file, schema);
        assertThat(EventJson.mapper().readTree(Files.readAllBytes(file))).isEqualTo(schema);
    }

    @Test
    void the_asyncapi_document_names_every_topic_and_its_schema() throws IOException {
        JsonNode document =
                new YAMLMapper().readTree(Files.readAllBytes(Path.of("src/main/resources/asyncapi/postern.yaml")));
        Map<String, String> documented = new LinkedHashMap<>();
        document.path("channels")
                .forEach(channel -> documented.put(
                        channel.path("address").asText(),
                        channel.path("messages")
                                .path("event")
                                .path("payload")
                                .path("$ref")
                                .asText()));
        Map<String, String> expected = new LinkedHashMap<>();
        for (Topic topic : Topic.values()) {
            expected.put(
                    topic.topicName(), topic.eventType() == null ? "" : "../schemas/" + topic.topicName() + ".json");
        }
        assertThat(documented).isEqualTo(expected);
    }

    private static JsonNode schemaOf(Topic topic) {
        SchemaGeneratorConfigBuilder builder = new SchemaGeneratorConfigBuilder(
                        SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(new JacksonModule(JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY))
                .with(Option.NONSTATIC_NONVOID_NONGETTER_METHODS, Option.INLINE_ALL_SCHEMAS)
                .without(Option.NONSTATIC_NONVOID_NONGETTER_METHODS);
        builder.forTypesInGeneral().withCustomDefinitionProvider(SchemasTest::textOf);
        builder.forFields().withRequiredCheck(SchemasTest::isRequired);
        ObjectNode schema = new SchemaGenerator(builder.build()).generateSchema(eventType(topic));
        schema.put("$id", "https://postern.example/schemas/" + topic.topicName() + ".json");
        schema.put("title", topic.cloudEventType());
        return schema;
    }

    private static Class<? extends Event> eventType(Topic topic) {
        return Objects.requireNonNull(topic.eventType());
    }

    private static @Nullable CustomDefinition textOf(ResolvedType type, SchemaGenerationContext context) {
        String pattern = TEXTS.get(type.getErasedType());
        if (pattern == null) {
            return null;
        }
        ObjectNode text = context.getGeneratorConfig().createObjectNode();
        text.put("type", "string").put("pattern", pattern);
        return new CustomDefinition(text, true);
    }

    private static boolean isRequired(FieldScope field) {
        RecordComponent[] components = field.getDeclaringType().getErasedType().getRecordComponents();
        return components != null
                && Arrays.stream(components)
                        .filter(component -> component.getName().equals(field.getDeclaredName()))
                        .noneMatch(component -> component.getAnnotatedType().isAnnotationPresent(Nullable.class));
    }
}
