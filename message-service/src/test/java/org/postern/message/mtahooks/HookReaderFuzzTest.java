package org.postern.message.mtahooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.postern.events.Tenant;
import org.postern.message.desk.DeskTerms;
import org.postern.message.stamp.ForeignFields;

/** Whatever is posted is refused as none, or a hook to another reader of JSON too, with the same contents. */
class HookReaderFuzzTest {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
    private static final DeskTerms TERMS =
            new DeskTerms(Tenant.DEFAULT, "mx.example.org", false, List.of(), Duration.ofSeconds(1), 100_000, 100);

    @FuzzTest(maxDuration = "2m")
    void readsAnyHook(byte[] document) throws IOException {
        JsonInput json = new JsonInput(new ByteArrayInputStream(document), 32);
        HookReader reader = new HookReader(json, TERMS, new ForeignFields("mx.example.org", false, true));
        try {
            if (reader.read() instanceof Hook.Message message) {
                byte[] head = message.head().toBytes();
                HookedMail mail = new HookedMail(head, json.text(), reader, () -> {});
                byte[] all = mail.readAllBytes();
                JsonNode read = JSON.readTree(new String(document, StandardCharsets.UTF_8));
                String contents = read.at("/message/contents").asText();
                assertThat(new String(all, head.length, all.length - head.length, StandardCharsets.UTF_8))
                        .isEqualTo(contents);
                assertThat(mail.isWhole()).isTrue();
            }
        } catch (RefusedHookException e) {
            assertThat(e.code()).isNotEmpty();
        }
    }
}
