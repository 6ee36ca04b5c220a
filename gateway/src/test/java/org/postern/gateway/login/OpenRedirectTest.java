package org.postern.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.postern.gateway.Corpora;

/**
 * Addresses that others collected, each in the spellings that browsers take for another site: a login returns to none of
 * them, and what it does return to is ours however it is read.
 */
class OpenRedirectTest {
    private static final URI OWN = URI.create("https://door.example/login/callback");
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s\"'<>]+");
    private static final Pattern OF_RULE = Pattern.compile("(?m)^\\s*uri: *[\"']?(.*?)[\"']?$");

    /** What stands before the name of a host, so that a browser goes there. */
    private static final List<String> SPELLINGS = List.of(
            "http://",
            "https://",
            "HtTpS:",
            "https:/",
            "https:///",
            "//",
            "///",
            "////",
            "/\\",
            "\\\\",
            "\\/",
            "/\t/",
            "/\n/",
            "/\r/",
            "\t//",
            " //",
            "\0//",
            "/%09/",
            "/%2f",
            "/%5c",
            "/.//",
            "/..//",
            "/x/..//",
            "//door.example@",
            "//door.example.",
            "https://door.example@",
            "https://door.example:x@",
            "//%64oor.example@",
            "/?/..//",
            "/#//",
            "/%0d%0aLocation:%20//",
            "javascript://",
            "data:text/html,//",
            "/〱",
            "/。/",
            "/\u2028/",
            "/\uFF0F");

    @Test
    void no_spelling_of_another_host_is_returned_to() throws IOException {
        List<String> hosts = Files.readAllLines(Corpora.of("sublime-static/url_shorteners.txt"));
        assertThat(hosts).hasSizeGreaterThan(100);
        for (String host : hosts) {
            assertThat(SPELLINGS).allSatisfy(before -> assertThat(ReturnPath.of(before + host))
                    .isEmpty());
        }
    }

    @Test
    void no_address_of_redirectors_is_returned_to() throws IOException {
        List<String> addresses = new ArrayList<>();
        for (Path mail : files(Corpora.of("spamassassin-tdata/t/data/spam/redirectors"))) {
            addresses.addAll(found(ADDRESS, mail));
        }
        assertThat(addresses).isNotEmpty().allSatisfy(address -> assertThat(ReturnPath.of(address))
                .isEmpty());
    }

    @Test
    void whatever_is_returned_to_is_ours_however_often_it_is_decoded() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path rules : files(Corpora.of("crs-tests/tests/regression/tests"))) {
            lines.addAll(found(OF_RULE, rules));
        }
        for (JsonNode one : new ObjectMapper()
                .readTree(Corpora.of("owasp-xss-evasion/cases.json").toFile())) {
            lines.add(one.path("payload").asText());
        }
        assertThat(lines).hasSizeGreaterThan(200);
        List<String> taken =
                lines.stream().flatMap(line -> ReturnPath.of(line).stream()).toList();
        assertThat(taken).isNotEmpty().allSatisfy(path -> {
            assertThat(asBrowsersReadIt(path)).isEqualTo(OWN.getHost());
            String target = path.split("\\?", 2)[0];
            assertThat(asBrowsersReadIt(URLDecoder.decode(target, StandardCharsets.UTF_8)))
                    .isEqualTo(OWN.getHost());
        });
    }

    /** The host that a browser goes to (WHATWG URL): it drops tabs and line breaks, and a backslash is a slash. */
    private static String asBrowsersReadIt(String path) {
        return OWN.resolve(path.strip().replaceAll("[\t\r\n]", "").replace('\\', '/'))
                .getHost();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static List<String> found(Pattern pattern, Path file) throws IOException {
        List<String> all = new ArrayList<>();
        Matcher matcher = pattern.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        while (matcher.find()) {
            all.add(matcher.group(matcher.groupCount()));
        }
        return all;
    }
}
