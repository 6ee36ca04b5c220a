package org.postern.scan.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;
import org.postern.events.MessageId;
import org.postern.events.Tenant;
import org.postern.events.TraceContext;
import org.postern.events.codec.EventCodec;
import org.postern.events.mail.EngineVersion;
import org.postern.events.mail.MailScanned;
import org.postern.events.mail.Rescan;
import org.postern.events.mail.ScanFinding;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;
import org.postern.events.mail.ScannedPart;
import org.postern.events.mail.Severity;
import org.postern.events.mail.UnscannableReason;

class ScannedMailsTest {
    private static final TraceContext TRACE = TraceContext.start();

    private final EventCodec codec = new EventCodec("/scan-service", Clock.systemUTC());
    private final Deque<RuntimeException> failures = new ArrayDeque<>();
    private final List<String> sent = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final ScannedMails mails = new ScannedMails(emitter(), codec, pauses::add);
    private final MailScanned fact = fact();

    @Test
    void triesAgainWhileTheBrokerIsAway() throws Exception {
        failures.add(new TimeoutException("away"));
        failures.add(new CompletionException(new TimeoutException("away")));

        mails.tell(fact, TRACE);

        assertThat(sent).hasSize(3).containsOnly(json(fact));
        assertThat(pauses).hasSize(2);
    }

    @Test
    void tellsShorterWhatIsTooLarge() throws Exception {
        failures.add(new CompletionException(new RecordTooLargeException("too large")));

        mails.tell(fact, TRACE);

        assertThat(sent).containsExactly(json(fact), json(ShorterFact.of(fact)));
        assertThat(pauses).isEmpty();
    }

    @Test
    void waitsForTheBrokerWithTheShorterFactToo() throws Exception {
        failures.add(new RecordTooLargeException("too large"));
        failures.add(new TimeoutException("away"));

        mails.tell(fact, TRACE);

        assertThat(sent).containsExactly(json(fact), json(ShorterFact.of(fact)), json(ShorterFact.of(fact)));
        assertThat(pauses).hasSize(1);
    }

    @Test
    void givesUpWhatIsRefusedEvenShorter() {
        failures.add(new SerializationException("no"));
        failures.add(new SerializationException("no"));

        // With a place where it was thrown, which the exceptions of Kafka have not, and which is logged.
        assertThatThrownBy(() -> mails.tell(fact, TRACE))
                .isInstanceOf(FactRefusedException.class)
                .hasCauseInstanceOf(SerializationException.class)
                .satisfies(e -> assertThat(e.getStackTrace()).isNotEmpty());
        assertThat(sent).hasSize(2);
        assertThat(pauses).isEmpty();
    }

    @Test
    void leavesTheVerdictAndItsReasonsInAShorterFact() {
        ScanResult shorter = ShorterFact.of(fact).result();

        assertThat(shorter.parts()).isNull();
        assertThat(shorter.findings()).isEqualTo(fact.result().findings().subList(0, ShorterFact.MOST_FINDINGS));
        assertThat(ShorterFact.of(fact))
                .usingRecursiveComparison()
                .ignoringFields("result.parts", "result.findings")
                .isEqualTo(fact);
    }

    private String json(MailScanned told) {
        return codec.encode(told, TRACE).json();
    }

    private MutinyEmitter<String> emitter() {
        return Stub.of(MutinyEmitter.class, (self, method, arguments) -> {
            sent.add((String) ((Message<?>) arguments[0]).getPayload());
            return failures.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : Uni.createFrom().failure(failures.remove());
        });
    }

    private static MailScanned fact() {
        List<ScanFinding> findings = IntStream.range(0, 200)
                .mapToObj(i -> new ScanFinding("encrypted", Severity.MEDIUM, null, "1/" + i))
                .toList();
        ScanResult result = new ScanResult(
                ScanVerdict.UNSCANNABLE,
                UnscannableReason.ENCRYPTED,
                null,
                findings,
                new EngineVersion("clamav", "1.4.6", "27501", null),
                Duration.ofMillis(12),
                List.of(new ScannedPart("1", "a.zip", "application/zip", "application/zip", 12, null)));
        Rescan rescan = new Rescan("27501", ScanVerdict.CLEAN, "27500");
        return new MailScanned(
                MessageId.random(), Tenant.DEFAULT, 7, result, Instant.parse("2026-11-24T02:00:00Z"), rescan);
    }
}
