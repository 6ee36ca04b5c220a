package org.postern.deploy.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postern.deploy.Checkout;
import org.postern.deploy.Generated;
import org.postern.events.codec.Topic;

/** The documents can be read on their own. */
class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");

    static List<Path> documents() {
        return Checkout.files(".", name -> name.endsWith(".md") && !name.contains("node_modules"));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsSomewhere(Path document) {
        assertThat(LINK.matcher(Checkout.text(document)).results().map(result -> result.group(1)))
                .filteredOn(link -> !link.contains(":"))
                .allSatisfy(link -> assertThat(Files.exists(document.resolveSibling(link)))
                        .as("%s links to %s", Checkout.name(document), link)
                        .isTrue());
    }

    /** Whoever looks for something begins at the index. */
    @Test
    void theIndexNamesEveryDocument() {
        List<String> named = LINK.matcher(Checkout.text("docs/README.md"))
                .results()
                .map(result -> result.group(1))
                .toList();
        assertThat(Checkout.files("docs", name -> name.matches("docs/[a-z-]+\\.md")))
                .hasSizeGreaterThan(12)
                .allSatisfy(document ->
                        assertThat(named).contains(document.getFileName().toString()));
    }

    /** The examples are the goldens, which every version must be able to read. */
    @Test
    void theCatalogueOfEventsIsMadeOfTheGoldens() {
        StringBuilder text = new StringBuilder("""
            # Events

            What the services tell each other on Kafka, made from the topics and the golden files of `mail-events` by `DocumentsTest`. CloudEvents 1.0 in binary mode: the attributes are headers (`ce_id`, `ce_type`, `ce_source`, `ce_time`, `traceparent`), the value is JSON.
            """);
        List<Path> goldens = Checkout.files("mail-events/src/test/resources/goldens", name -> name.endsWith(".json"));
        for (Topic topic : Topic.values()) {
            text.append("\n## ")
                    .append(topic.topicName())
                    .append("\n\nKey: ")
                    .append(topic.key()
                            .name()
                            .toLowerCase(java.util.Locale.ROOT)
                            .replace('_', ' '))
                    .append(". Kept for ")
                    .append(topic.retention().toDays())
                    .append(" days. Type `")
                    .append(topic.cloudEventType())
                    .append("`. Dead letters: `")
                    .append(topic.deadLetters())
                    .append("`.\n");
            goldens.stream()
                    .filter(golden -> golden.getFileName()
                            .toString()
                            .matches(Pattern.quote(topic.topicName()) + "(-[a-z0-9-]+)?\\.json"))
                    .sorted(Comparator.comparing(Path::toString))
                    .forEach(golden -> text.append("\n`")
                            .append(golden.getFileName())
                            .append("`:\n\n```json\n")
                            .append(Checkout.text(golden).strip())
                            .append("\n```\n"));
        }
        Generated.file("docs/events.md", text.toString());
    }
}
