package org.postern.scan.recall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postern.events.mail.EngineVersion;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.MailScanned;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;
import org.postern.scan.Signatures;

/** What every memory of scans must do. */
public interface ScanMemoryContract {
    Instant NOW = Instant.parse("2026-11-24T02:00:00Z");
    Signatures OLD = Signatures.of("27500");
    Signatures NEW = Signatures.of("27501");

    ScanMemory memory();

    @Test
    default void remembersWhatWasToldWhicheverCameFirst() {
        MailReceived first = ReceivedMail.of("one");
        MailReceived second = ReceivedMail.of("two");

        memory().note(List.of(first, fact(first, ScanVerdict.CLEAN, NOW)), NOW);
        memory().note(List.of(fact(second, ScanVerdict.SUSPICIOUS, NOW)), NOW);
        memory().note(List.of(second), NOW);

        assertThat(about(first)).isEqualTo(new Remembered(ScanVerdict.CLEAN, OLD));
        assertThat(about(second)).isEqualTo(new Remembered(ScanVerdict.SUSPICIOUS, OLD));
        assertThat(memory().about(second.object().sha256(), OLD)).contains(ScanVerdict.SUSPICIOUS);
    }

    @Test
    default void knowsNothingOfWhatWasOnlyReceived() {
        MailReceived mail = ReceivedMail.of("received");

        memory().note(List.of(mail), NOW);

        assertThat(memory().about(mail.tenant(), mail.messageId())).isEmpty();
        assertThat(memory().about(mail.object().sha256(), OLD)).isEmpty();
    }

    @Test
    default void takesTheLaterOfTwoFactsInWhateverOrderTheyCome() {
        MailReceived mail = ReceivedMail.of("twice");
        MailScanned earlier = fact(mail, ScanVerdict.CLEAN, NOW);
        MailScanned later = fact(mail, ScanVerdict.INFECTED, NOW.plusSeconds(1));

        memory().note(List.of(mail, later, earlier), NOW);

        assertThat(about(mail).verdict()).isEqualTo(ScanVerdict.INFECTED);
    }

    @Test
    default void takesAnAnswerRatherThanNoneInWhateverOrderTheyCome() {
        MailReceived mail = ReceivedMail.of("given up");
        MailScanned answer = fact(mail, ScanVerdict.CLEAN, NOW);
        MailScanned none = fact(mail, ScanVerdict.INCONCLUSIVE, NOW.plusSeconds(1));

        memory().note(List.of(mail, none, answer), NOW);
        assertThat(about(mail).verdict()).isEqualTo(ScanVerdict.CLEAN);

        memory().note(List.of(none), NOW);
        assertThat(about(mail).verdict()).isEqualTo(ScanVerdict.CLEAN);
    }

    @Test
    default void remembersThatALookCameOutTheSame() {
        MailReceived mail = ReceivedMail.of("again");
        memory().note(List.of(mail, fact(mail, ScanVerdict.CLEAN, NOW)), NOW);

        memory().noteAgain(mail, ScanVerdict.CLEAN, NEW, NOW.plusSeconds(1));

        assertThat(about(mail)).isEqualTo(new Remembered(ScanVerdict.CLEAN, NEW));
        assertThat(memory().about(mail.object().sha256(), NEW)).contains(ScanVerdict.CLEAN);
        assertThat(memory().about(mail.object().sha256(), OLD)).isEmpty();
    }

    @Test
    default void forgetsWhatIsOld() {
        MailReceived old = ReceivedMail.of("old");
        MailReceived young = ReceivedMail.of("young");
        memory().note(List.of(old, fact(old, ScanVerdict.CLEAN, NOW)), NOW);
        memory().note(List.of(young, fact(young, ScanVerdict.CLEAN, NOW)), NOW.plus(Duration.ofDays(2)));

        memory().forget(NOW.plus(Duration.ofDays(1)));

        assertThat(memory().about(old.tenant(), old.messageId())).isEmpty();
        assertThat(about(young).verdict()).isEqualTo(ScanVerdict.CLEAN);
    }

    private Remembered about(MailReceived mail) {
        return memory().about(mail.tenant(), mail.messageId()).orElseThrow();
    }

    private static MailScanned fact(MailReceived mail, ScanVerdict verdict, Instant at) {
        EngineVersion engine = new EngineVersion("clamav", "1.4.6", OLD.word(), null);
        return new MailScanned(
                mail.messageId(),
                mail.tenant(),
                1,
                new ScanResult(verdict, null, null, List.of(), engine, Duration.ZERO),
                at);
    }
}
