package org.postern.scan.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postern.events.mail.EngineVersion;
import org.postern.events.mail.InconclusiveCause;
import org.postern.events.mail.ScanFinding;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;
import org.postern.events.mail.Severity;

class UploadLabelTest {
    @Test
    void readsTheNameOfAnUpload() {
        assertThat(UploadLabel.name("attachment; filename=a.txt")).isEqualTo("a.txt");
        assertThat(UploadLabel.name("attachment; filename=\"a \\\"b\\\".txt\"")).isEqualTo("a \"b\".txt");
        assertThat(UploadLabel.name("attachment; filename=\"e.txt\"; filename*=UTF-8''%e2%82%ac.txt"))
                .isEqualTo("\u20ac.txt");
        assertThat(UploadLabel.name("inline")).isNull();
        assertThat(UploadLabel.name("attachment; filename*=no-such-charset''a.txt"))
                .isNull();
        assertThat(UploadLabel.name("attachment; filename=" + "a".repeat(2000))).isNull();
        assertThat(UploadLabel.name(null)).isNull();
    }

    @Test
    void readsTheTypeOfAnUpload() {
        assertThat(UploadLabel.mediaType("Message/RFC822; charset=utf-8")).isEqualTo("message/rfc822");
        assertThat(UploadLabel.mediaType("application/octet-stream")).isNull();
        assertThat(UploadLabel.mediaType(null)).isNull();
    }

    @Test
    void answersInOneLineWhereThatIsWanted() {
        assertThat(UploadLabel.wantsLine("text/plain")).isTrue();
        assertThat(UploadLabel.wantsLine("*/*")).isFalse();
        assertThat(UploadLabel.wantsLine("application/json, text/plain, */*")).isFalse();
        ScanFinding virus = new ScanFinding("virus", Severity.CRITICAL, "Eicar", "2/a.zip/b\nc.com");
        EngineVersion engine = EngineVersion.named("clamav");
        assertThat(AnswerLine.of(
                        new ScanResult(ScanVerdict.INFECTED, null, null, List.of(virus), engine, Duration.ZERO)))
                .isEqualTo("infected virus Eicar 2/a.zip/bc.com\n");
        assertThat(AnswerLine.of(ScanResult.inconclusive(InconclusiveCause.ENGINE_DOWN, engine, Duration.ZERO)))
                .isEqualTo("inconclusive (engine-down)\n");
    }
}
