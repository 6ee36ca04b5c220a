package org.postern.scan.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postern.engine.Backoff;
import org.postern.engine.Deadline;
import org.postern.engine.EngineSlots;
import org.postern.engine.TryRules;
import org.postern.events.ObjectId;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;
import org.postern.events.mail.EngineVersion;
import org.postern.events.mail.InconclusiveCause;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.MailScanned;
import org.postern.events.mail.Rescan;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;
import org.postern.scan.Body;
import org.postern.scan.Scanner;
import org.postern.scan.Signatures;
import org.postern.store.MessageStore;
import org.postern.store.ObjectMissingException;
import org.postern.store.StoreException;

class RescanMailTest {
    private static final Instant NOW = Instant.parse("2026-11-24T02:00:00Z");
    private static final Signatures OLD = Signatures.of("27500");
    private static final Signatures NEW = Signatures.of("27501");
    private static final RecallRun RUN =
            new RecallRun(7, NEW, 29_000_000, NOW.minus(Duration.ofHours(72)), NOW.plusSeconds(20), NOW, null);

    private final MailReceived mail = ReceivedMail.of("mail");
    private final InMemoryScanMemory memory = new InMemoryScanMemory();
    private final Deque<ScanResult> answers = new ArrayDeque<>();
    private @Nullable StoreException storeFailure;

    @Test
    void tellsThatAVerdictGotWorse() throws Exception {
        told(mail, ScanVerdict.CLEAN, OLD);
        answers.add(answer(ScanVerdict.INFECTED, NEW));

        Rescanned came = rescan();

        assertThat(came).asInstanceOf(type(Rescanned.Told.class)).satisfies(told -> {
            assertThat(told.worse()).isTrue();
            assertThat(told.fact().attempt()).isEqualTo(RUN.attempt());
            assertThat(told.fact().rescan()).isEqualTo(new Rescan("27501", ScanVerdict.CLEAN, "27500"));
        });
    }

    @Test
    void tellsThatAVerdictGotBetter() throws Exception {
        told(mail, ScanVerdict.INFECTED, OLD);
        answers.add(answer(ScanVerdict.CLEAN, NEW));

        assertThat(rescan())
                .asInstanceOf(type(Rescanned.Told.class))
                .extracting(Rescanned.Told::worse)
                .isEqualTo(false);
    }

    @Test
    void tellsTheSameEventWhenItIsKilledBeforeItWasNoted() throws Exception {
        told(mail, ScanVerdict.CLEAN, OLD);
        answers.add(answer(ScanVerdict.INFECTED, NEW));
        answers.add(answer(ScanVerdict.INFECTED, NEW));

        Rescanned first = rescan();
        Rescanned second = rescan();

        assertThat(((Rescanned.Told) second).fact().id())
                .isEqualTo(((Rescanned.Told) first).fact().id());
    }

    @Test
    void tellsNothingWhereTheVerdictIsTheSame() throws Exception {
        told(mail, ScanVerdict.CLEAN, OLD);
        answers.add(answer(ScanVerdict.CLEAN, NEW));

        assertThat(rescan()).isEqualTo(new Rescanned.Unchanged(ScanVerdict.CLEAN));
    }

    @Test
    void tellsWhateverItIsWhereNothingIsRemembered() throws Exception {
        answers.add(answer(ScanVerdict.CLEAN, NEW));

        assertThat(rescan())
                .asInstanceOf(type(Rescanned.Told.class))
                .extracting(told -> told.fact().rescan())
                .isEqualTo(new Rescan("27501", ScanVerdict.INCONCLUSIVE, null));
    }

    @Test
    void asksNoEngineAboutWhatWasScannedWithTheseSignatures() throws Exception {
        told(mail, ScanVerdict.CLEAN, NEW);

        assertThat(rescan()).isEqualTo(new Rescanned.Known());
    }

    @Test
    void asksNoEngineAboutContentThatCameToTheSameAlready() throws Exception {
        MailReceived twin = ReceivedMail.of("mail");
        told(mail, ScanVerdict.CLEAN, OLD);
        told(twin, ScanVerdict.CLEAN, NEW);

        assertThat(rescan()).isEqualTo(new Rescanned.Known());
    }

    @Test
    void scansContentThatCameToSomethingElse() throws Exception {
        MailReceived twin = ReceivedMail.of("mail");
        told(mail, ScanVerdict.CLEAN, OLD);
        told(twin, ScanVerdict.INFECTED, NEW);
        answers.add(answer(ScanVerdict.INFECTED, NEW));

        assertThat(rescan()).isInstanceOf(Rescanned.Told.class);
    }

    @Test
    void waitsForAnEngineThatIsBehind() throws Exception {
        told(mail, ScanVerdict.CLEAN, OLD);
        answers.add(answer(ScanVerdict.CLEAN, OLD));

        assertThat(rescan()).isEqualTo(new Rescanned.NotNow());
    }

    @Test
    void waitsForAnEngineThatIsAway() throws Exception {
        told(mail, ScanVerdict.CLEAN, OLD);
        answers.add(none(InconclusiveCause.ENGINE_DOWN));

        assertThat(rescan()).isEqualTo(new Rescanned.NotNow());
    }

    @Test
    void leavesStandingWhatTheEngineHasNoAnswerAbout() throws Exception {
        told(mail, ScanVerdict.CLEAN, OLD);
        answers.add(none(InconclusiveCause.TIMED_OUT));
        answers.add(none(InconclusiveCause.TIMED_OUT));
        answers.add(none(InconclusiveCause.TIMED_OUT));

        assertThat(rescan()).isEqualTo(new Rescanned.Failed());
    }

    @Test
    void leavesErasedMailAlone() throws Exception {
        told(mail, ScanVerdict.CLEAN, OLD);
        storeFailure = new ObjectMissingException("erased", null);

        assertThat(rescan()).isEqualTo(new Rescanned.Gone());
    }

    private void told(MailReceived about, ScanVerdict verdict, Signatures signatures) {
        memory.note(
                List.of(
                        about,
                        new MailScanned(
                                about.messageId(),
                                about.tenant(),
                                1,
                                answer(verdict, signatures),
                                NOW.minusSeconds(60))),
                NOW);
    }

    private Rescanned rescan() throws InterruptedException {
        TryRules rules =
                new TryRules(Duration.ofSeconds(25), 3, new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)));
        return new RescanMail(
                        new Store(),
                        new Scripted(),
                        new EngineSlots(2),
                        memory,
                        rules,
                        Clock.fixed(NOW, ZoneOffset.UTC))
                .rescan(RUN, mail);
    }

    private static ScanResult answer(ScanVerdict verdict, Signatures signatures) {
        EngineVersion engine = new EngineVersion("clamav", "1.4.6", signatures.word(), null);
        return new ScanResult(verdict, null, null, List.of(), engine, Duration.ZERO);
    }

    private static ScanResult none(InconclusiveCause cause) {
        return ScanResult.inconclusive(cause, EngineVersion.named("clamav"), Duration.ZERO);
    }

    /** Gives the answers it was told to, after it has read the body. */
    private final class Scripted implements Scanner {
        @Override
        public ScanResult scan(Body body, Deadline deadline) throws IOException {
            try (InputStream bytes = body.open()) {
                bytes.readAllBytes();
            }
            return answers.remove();
        }

        @Override
        public String engine() {
            return "scripted";
        }
    }

    /** Has the body, or fails as it was told to. */
    private final class Store implements MessageStore {
        @Override
        public InputStream open(ObjectReference reference) throws StoreException {
            if (storeFailure != null) {
                throw storeFailure;
            }
            return new ByteArrayInputStream(new byte[] {1, 2, 3, 4});
        }

        @Override
        public ObjectReference put(Tenant tenant, InputStream body, long limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean erase(Tenant tenant, ObjectId id) {
            throw new UnsupportedOperationException();
        }
    }
}
