package org.postern.message.siem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.postern.events.EventId;
import org.postern.events.Tenant;
import org.postern.events.codec.EventJson;
import org.postern.events.codec.Topic;
import org.postern.message.outlet.OutletUnavailableException;
import org.postern.message.outlet.ToldEvent;

/** What stands on a line, and that nothing in an event can make two of it. */
class SiemLinesTest {
    private static final String ID = "5f0c2b1e-0000-5000-8000-000000000001";

    @TempDir
    Path folder;

    @Test
    void aJudgementIsALineOfCef() {
        ToldEvent event = event(Topic.MAIL_JUDGED, """
            {"messageId":"7b4c5d6e-0000-4000-8000-000000000001","tenant":"default","revision":2,"settled":true,
            "verdict":"infected","mailClass":"ham","recipients":[
            {"recipient":"hash1","disposition":"reject","reasons":[{"code":"infected","text":"Malware."}]},
            {"recipient":"hash2","disposition":"quarantine","reasons":[{"code":"infected","text":"Malware."}]}]}
            """);

        assertThat(new CefLine("1.2").line(event))
                .isEqualTo("CEF:0|Postern|Postern|1.2|mail.judged.v1|mail.judged|7|rt=1764432000000"
                        + " deviceExternalId=" + ID + " cs1Label=tenant cs1=default"
                        + " externalId=7b4c5d6e-0000-4000-8000-000000000001 posternTenant=default posternRevision=2"
                        + " posternSettled=true posternVerdict=infected posternMailClass=ham cnt=2"
                        + " act=quarantine,reject reason=infected");
    }

    @Test
    void whatIsHarmlessWeighsLittleAndWhatIsTakenBackMuch() {
        assertThat(new CefLine("1").line(event(Topic.MAIL_JUDGED, "{\"verdict\":\"clean\"}")))
                .contains("|mail.judged|1|");
        assertThat(new CefLine("1").line(event(Topic.MAIL_AUDIT, "{\"act\":\"message-read\"}")))
                .contains("|mail.audit|3|");
        assertThat(new CefLine("1").line(event(Topic.MAIL_RECALLED, "{}"))).contains("|mail.recalled|7|");
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/cef-injection.csv", numLinesToSkip = 1)
    void nothingInAValueIsReadAsAnythingElse(String json, String header, String extension) {
        String text = EventJson.mapper().convertValue(parsed(json), String.class);

        assertThat(CefLine.header(text)).isEqualTo(header);
        assertThat(CefLine.extension(text)).isEqualTo(extension);
        ToldEvent event = event(Topic.MAIL_AUDIT, "{\"detail\":" + json + "}");
        assertThat(new CefLine("1").line(event)).contains("posternDetail=" + extension.stripTrailing());
        for (LineFormat format : List.of(new CefLine("1"), new JsonLine())) {
            assertThat(format.line(event).chars()).noneMatch(Character::isISOControl);
        }
    }

    @Test
    void aValueWithoutEndIsCut() {
        assertThat(new CefLine("1").line(event(Topic.MAIL_AUDIT, "{\"detail\":\"" + "x".repeat(100_000) + "\"}")))
                .hasSizeLessThan(2_000);
    }

    @Test
    void aFileGetsALineForEachEventAndMayBeMovedAway() throws Exception {
        Path file = folder.resolve("logs/events.jsonl");
        ExportEvents export = new ExportEvents(new JsonLine(), StreamSink.toFile(file));

        export.take(List.of(event(Topic.MAIL_AUDIT, "{\"a\":1}"), event(Topic.MAIL_AUDIT, "{\"a\":2}")));
        Files.move(file, folder.resolve("rotated"));
        export.take(List.of(event(Topic.MAIL_AUDIT, "{\"a\":3}")));

        assertThat(folder.resolve("rotated")).content().hasLineCount(2).contains("\"a\":1", "\"a\":2");
        assertThat(file).content().isEqualTo("{\"id\":\"" + ID + "\",\"data\":{\"a\":3}}\n");
    }

    @Test
    void whatCannotBeWrittenIsNotTaken() {
        ExportEvents export = new ExportEvents(new JsonLine(), StreamSink.to(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("full");
            }
        }));

        assertThatThrownBy(() -> export.take(List.of(event(Topic.MAIL_AUDIT, "{}"))))
                .isInstanceOf(OutletUnavailableException.class);
    }

    private static Object parsed(String json) {
        try {
            return EventJson.mapper().readTree(json);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static ToldEvent event(Topic topic, String data) {
        return new ToldEvent(
                new EventId(UUID.fromString(ID)),
                topic,
                Tenant.DEFAULT,
                Instant.ofEpochSecond(1_764_432_000),
                "{\"id\":\"" + ID + "\",\"data\":" + data.replace("\n", "") + "}");
    }
}
