package org.postern.message.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postern.events.mail.AuthenticationResult;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.MailDirection;
import org.postern.events.mail.ScanVerdict;
import org.postern.events.mail.UnscannableReason;
import org.postern.message.policy.Aspect;
import org.postern.message.policy.Check;
import org.postern.message.policy.InvalidPolicyException;

/** The published JSON Schema says what the reader does, as far as a schema can. */
class PolicySchemaTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final JsonNode TEXT = yaml(resource("/policy.schema.json"));
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(TEXT);

    static Stream<String> right() {
        return policies("/policies-right.yaml");
    }

    static Stream<String> wrong() {
        return policies("/policies-wrong.yaml");
    }

    @ParameterizedTest
    @MethodSource("right")
    void takesWhatTheReaderTakes(String policy) {
        assertThatCode(() -> PolicyReader.read(policy)).doesNotThrowAnyException();
        assertThat(SCHEMA.validate(yaml(policy))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void refusesWhatTheReaderRefusesWithLineAndColumn(String policy) {
        assertThatThrownBy(() -> PolicyReader.read(policy)).isInstanceOfSatisfying(InvalidPolicyException.class, e -> {
            assertThat(e.line()).isPositive();
            assertThat(e.column()).isPositive();
        });
        assertThat(SCHEMA.validate(yaml(policy))).isNotEmpty();
    }

    @Test
    void knowsEveryAspectAndEveryWordOfIt() {
        JsonNode condition = TEXT.at("/$defs/condition/properties");

        assertThat(new TreeSet<>(names(condition)))
                .isEqualTo(new TreeSet<>(
                        Arrays.stream(Aspect.values()).map(Aspect::key).toList()));
        Map<String, List<String>> words = Map.of(
                "scan", words(ScanVerdict.values(), ScanVerdict::word),
                "unscannable", words(UnscannableReason.values(), UnscannableReason::word),
                "class", words(MailClass.values(), MailClass::word),
                "spf", words(AuthenticationResult.values(), AuthenticationResult::word),
                "dkim", words(AuthenticationResult.values(), AuthenticationResult::word),
                "dmarc", words(AuthenticationResult.values(), AuthenticationResult::word),
                "arc", words(AuthenticationResult.values(), AuthenticationResult::word),
                "direction", words(MailDirection.values(), MailDirection::word));
        words.forEach((aspect, expected) -> assertThat(texts(condition.at("/" + aspect + "/oneOf/0/enum")))
                .as(aspect)
                .containsExactlyInAnyOrderElementsOf(expected));
        assertThat(texts(TEXT.at("/$defs/decision/properties/disposition/enum")))
                .containsExactlyInAnyOrderElementsOf(words(Disposition.values(), Disposition::word));
        assertThat(texts(TEXT.at("/properties/required/items/enum")))
                .containsExactlyInAnyOrderElementsOf(words(Check.values(), Check::word));
    }

    private static Stream<String> policies(String resource) {
        return Stream.concat(
                resource.equals("/policies-right.yaml") ? Stream.of(resource("/policy.yaml")) : Stream.empty(),
                Arrays.stream(resource(resource).split("(?m)^---\n")).filter(text -> !text.isBlank()));
    }

    private static <E> List<String> words(E[] values, Function<E, String> word) {
        return Arrays.stream(values).map(word).toList();
    }

    private static List<String> names(JsonNode node) {
        return StreamSupport.stream(((Iterable<String>) node::fieldNames).spliterator(), false)
                .toList();
    }

    private static List<String> texts(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static JsonNode yaml(String text) {
        try {
            return YAML.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = PolicySchemaTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
