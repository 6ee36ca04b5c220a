package org.postern.scan.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.postern.mime.Limits;
import org.postern.mime.MailPart;
import org.postern.mime.MailWalk;
import org.postern.mime.UnreadableMailException;

/**
 * Against the parts that other parsers find in the same mails, which are not part of us: mail-parser of Stalwart, whose corpus
 * has what it expects as JSON, and the {@code email} module of Python, whose test mails have no expectation beside them. For
 * these, what Python 3.11 itself says is in {@code python-email.tsv}.
 */
class PartListTest {
    /**
     * Where we read otherwise. A backslash that quotes nothing in a name is kept, as programs that save it do, so that such a
     * name is seen for what it is. A part of {@code multipart/digest} without a type is a mail (RFC 2046 section 5.1.5).
     */
    private static final Set<String> KNOWN = Set.of("legacy/035.json", "legacy/039.json", "rfc/004.json");

    @Test
    void findsTheAttachmentsThatMailParserFinds() throws IOException {
        Path mails = corpus("mail-parser-rs/resources/eml");
        List<String> different = new ArrayList<>();
        List<String> compared = new ArrayList<>();
        for (Path json : files(mails)) {
            Path mail = Path.of(json.toString().replace(".crlf.json", ".json").replace(".json", ".eml"));
            if (!Files.exists(mail)) {
                continue;
            }
            String name = String.valueOf(mails.relativize(json));
            List<String> expected = attachments(json);
            List<String> found = found(mail);
            compared.add(name);
            // Ours are all parts, those that are shown too: theirs must be among them, in order.
            if (!KNOWN.contains(name.replace(".crlf", "")) && !isInOrderWithin(expected, found)) {
                different.add(name + ": " + expected + " and not " + found);
            }
        }
        assertThat(compared).hasSizeGreaterThan(100);
        assertThat(different).isEmpty();
    }

    @Test
    void findsTheAttachmentsThatPythonFinds() throws IOException {
        Path mails = corpus("python-email");
        List<String> different = new ArrayList<>();
        int compared = 0;
        for (String line : Files.readAllLines(Path.of("src/test/resources/mail/python-email.tsv"))) {
            List<String> fields = List.of(line.split("\t"));
            if (line.startsWith("#")) {
                continue;
            }
            List<String> expected = fields.subList(1, fields.size());
            List<String> found = found(mails.resolve(fields.getFirst()));
            compared++;
            if (!isInOrderWithin(expected, found)) {
                different.add(fields.getFirst() + ": " + expected + " and not " + found);
            }
        }
        assertThat(compared).isEqualTo(47);
        assertThat(different).isEmpty();
    }

    private static Path corpus(String name) {
        String root = System.getProperty("postern.root", "..");
        Path corpora =
                Path.of(Optional.ofNullable(System.getenv("POSTERN_CORPORA")).orElse(root + "/../shared/corpora"));
        Path mails = corpora.resolve(name);
        Assumptions.assumeTrue(Files.isDirectory(mails), "skipped: no corpora");
        return mails;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> attachments(Path json) throws IOException {
        JsonNode mail = new ObjectMapper().readTree(json.toFile());
        return stream(mail.path("attachments"))
                .map(index -> described(mail.path("parts").path(index.asInt())))
                .toList();
    }

    private static String described(JsonNode part) {
        String type = "text/plain";
        String name = "";
        String other = "";
        for (JsonNode header : part.path("headers")) {
            JsonNode value = header.path("value").path("ContentType");
            if (header.path("name").asText().equals("content_type") && value.isObject()) {
                type = value.path("c_type").asText() + "/"
                        + value.path("c_subtype").asText();
                other = attribute(value, "name");
            } else if (header.path("name").asText().equals("content_disposition") && value.isObject()) {
                name = attribute(value, "filename");
            }
        }
        return type + " " + (name.isEmpty() ? other : name);
    }

    private static String attribute(JsonNode value, String wanted) {
        return stream(value.path("attributes"))
                .filter(one -> one.path("name").asText().equals(wanted))
                .map(one -> one.path("value").asText())
                .findFirst()
                .orElse("");
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static List<String> found(Path mail) throws IOException {
        List<String> found = new ArrayList<>();
        try (InputStream bytes = Files.newInputStream(mail)) {
            MailWalk.through(bytes, Limits.defaults(), (part, content) -> {
                content.transferTo(OutputStream.nullOutputStream());
                found.add(described(part));
            });
        } catch (UnreadableMailException e) {
            found.add(e.defect().code());
        }
        return found;
    }

    private static String described(MailPart part) {
        return part.mediaType() + " "
                + (part.names().isEmpty() ? "" : part.names().getFirst());
    }

    private static boolean isInOrderWithin(List<String> expected, List<String> found) {
        int next = 0;
        for (String one : found) {
            if (next < expected.size() && expected.get(next).equalsIgnoreCase(one)) {
                next++;
            }
        }
        return next == expected.size();
    }
}
