package org.postern.spam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.postern.events.mail.InconclusiveCause.ANSWER_NOT_UNDERSTOOD;
import static org.postern.events.mail.InconclusiveCause.ENGINE_DOWN;
import static org.postern.events.mail.InconclusiveCause.OBJECT_UNREADABLE;
import static org.postern.events.mail.InconclusiveCause.TIMED_OUT;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postern.engine.Backoff;
import org.postern.engine.Deadline;
import org.postern.engine.EngineSlots;
import org.postern.engine.Pause;
import org.postern.engine.TryRules;
import org.postern.events.ContentHash;
import org.postern.events.EnvelopeSender;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.ObjectId;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;
import org.postern.events.mail.AssessmentResult;
import org.postern.events.mail.Client;
import org.postern.events.mail.EngineVersion;
import org.postern.events.mail.Envelope;
import org.postern.events.mail.InconclusiveCause;
import org.postern.events.mail.MailAssessed;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.MailPath;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.SenderAuthentication;
import org.postern.store.MessageStore;
import org.postern.store.ObjectMissingException;
import org.postern.store.StoreException;
import org.postern.store.StoreUnavailableException;

class AssessMessageTest {
    private static final Instant NOW = Instant.parse("2026-11-24T02:00:00Z");
    private static final EngineVersion ENGINE = EngineVersion.named("scripted");

    private final MailReceived mail = mail();
    private final ScriptedAssessor assessor = new ScriptedAssessor();
    private final OneObjectStore store = new OneObjectStore();
    private final List<Duration> pauses = new ArrayList<>();

    @Test
    void tellsADefiniteAnswerAsTheFirstAttempt() throws Exception {
        assessor.willAnswer(ham());

        MailAssessed fact = assess();

        assertThat(fact.messageId()).isEqualTo(mail.messageId());
        assertThat(fact.attempt()).isEqualTo(1);
        assertThat(fact.result().mailClass()).isEqualTo(MailClass.HAM);
        assertThat(fact.at()).isEqualTo(NOW);
        assertThat(pauses).isEmpty();
    }

    @Test
    void waitsForAnEngineThatIsDownAndTellsNothingMeanwhile() throws Exception {
        for (int i = 0; i < 50; i++) {
            assessor.willAnswer(inconclusive(ENGINE_DOWN));
        }
        assessor.willAnswer(ham());

        MailAssessed fact = assess();

        assertThat(fact.attempt()).isEqualTo(1);
        assertThat(fact.result().mailClass()).isEqualTo(MailClass.HAM);
        assertThat(pauses).hasSize(50);
        assertThat(pauses).allSatisfy(pause -> assertThat(pause).isLessThanOrEqualTo(Duration.ofSeconds(5)));
    }

    @Test
    void givesAMailUpThatFailsWhileTheEngineAnswersOthers() throws Exception {
        assessor.willAnswer(inconclusive(TIMED_OUT));
        assessor.willAnswer(inconclusive(ANSWER_NOT_UNDERSTOOD));
        assessor.willAnswer(inconclusive(TIMED_OUT));

        MailAssessed fact = assess();

        assertThat(fact.attempt()).isEqualTo(2);
        assertThat(fact.result().inconclusive()).isEqualTo(TIMED_OUT);
        assertThat(assessor.left()).isZero();
    }

    @Test
    void countsNoFailureAgainstAMailWhileTheEngineAnswersNothing() throws Exception {
        assessor.willAnswer(inconclusive(ANSWER_NOT_UNDERSTOOD));
        assessor.probesThatFail = 20;
        assessor.willAnswer(ham());

        MailAssessed fact = assess();

        assertThat(fact.result().mailClass()).isEqualTo(MailClass.HAM);
        assertThat(assessor.probesThatFail).isZero();
    }

    @Test
    void givesUpAtOnceWhereTheBodyIsGone() throws Exception {
        store.failure = new ObjectMissingException("erased", null);
        assessor.readsTheBody = true;
        assessor.willAnswer(ham());

        MailAssessed fact = assess();

        assertThat(fact.attempt()).isEqualTo(2);
        assertThat(fact.result().inconclusive()).isEqualTo(OBJECT_UNREADABLE);
        assertThat(pauses).isEmpty();
    }

    @Test
    void waitsForAStoreThatIsAway() throws Exception {
        store.failure = new StoreUnavailableException("disk away", null);
        store.failures = 7;
        assessor.readsTheBody = true;
        assessor.willAnswer(ham());

        MailAssessed fact = assess();

        assertThat(fact.result().mailClass()).isEqualTo(MailClass.HAM);
        assertThat(pauses).hasSize(7);
    }

    @Test
    void givesTheSameEventWhenTheMailComesAgain() throws Exception {
        assessor.willAnswer(ham());
        assessor.willAnswer(inconclusive(ENGINE_DOWN));
        assessor.willAnswer(ham());

        assertThat(assess().id()).isEqualTo(assess().id());
    }

    @Test
    void stopsWaitingWhenTheServiceStops() {
        assessor.willAnswer(inconclusive(ENGINE_DOWN));
        AssessMessage stopping = use(time -> {
            throw new InterruptedException();
        });

        assertThatThrownBy(() -> stopping.assess(mail)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void givesItsSlotBackWhileItWaits() throws Exception {
        EngineSlots slots = new EngineSlots(1);
        assessor.willAnswer(inconclusive(ENGINE_DOWN));
        assessor.willAnswer(ham());
        List<Integer> freeWhileWaiting = new ArrayList<>();

        use(slots, time -> freeWhileWaiting.add(slots.free())).assess(mail);

        assertThat(freeWhileWaiting).containsExactly(1);
    }

    private MailAssessed assess() throws InterruptedException {
        return use(pauses::add).assess(mail);
    }

    private AssessMessage use(Pause pause) {
        return use(new EngineSlots(1), pause);
    }

    private AssessMessage use(EngineSlots slots, Pause pause) {
        EngineProbe probe = new EngineProbe(assessor.probed(), Duration.ofSeconds(1), Duration.ZERO);
        TryRules rules =
                new TryRules(Duration.ofSeconds(25), 3, new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5)));
        return new AssessMessage(store, assessor, slots, probe, rules, pause, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static AssessmentResult ham() {
        return result(MailClass.HAM);
    }

    private static AssessmentResult result(MailClass mailClass) {
        return new AssessmentResult(
                mailClass,
                null,
                0,
                15,
                SenderAuthentication.unverified(),
                List.of(),
                List.of(),
                ENGINE,
                Duration.ofMillis(1));
    }

    private static AssessmentResult inconclusive(InconclusiveCause cause) {
        return AssessmentResult.inconclusive(cause, ENGINE, Duration.ofMillis(1));
    }

    private static MailReceived mail() {
        ObjectReference object =
                new ObjectReference(Tenant.DEFAULT, ObjectId.random(), ContentHash.of("0".repeat(64)), 3);
        return new MailReceived(
                MessageId.random(),
                Tenant.DEFAULT,
                object,
                new Envelope(EnvelopeSender.of(""), List.of(MailAddress.of("a@example.org"))),
                Client.UNKNOWN,
                MailPath.REST,
                NOW,
                NOW.plusSeconds(25));
    }

    /** Gives the answers it was told to, one after another. */
    private static final class ScriptedAssessor implements Assessor {
        private final Deque<AssessmentResult> answers = new ArrayDeque<>();
        private boolean readsTheBody;
        private int probesThatFail;

        void willAnswer(AssessmentResult answer) {
            answers.add(answer);
        }

        int left() {
            return answers.size();
        }

        @Override
        public AssessmentResult assess(Mail mail, Deadline deadline) throws java.io.IOException {
            if (readsTheBody) {
                try (InputStream bytes = mail.body().open()) {
                    bytes.readAllBytes();
                }
            }
            return answers.remove();
        }

        /** The same engine as a probe sees it: it scans, or it does not. */
        Assessor probed() {
            return new Assessor() {
                @Override
                public AssessmentResult assess(Mail mail, Deadline deadline) {
                    if (probesThatFail > 0) {
                        probesThatFail--;
                        return inconclusive(ANSWER_NOT_UNDERSTOOD);
                    }
                    return result(MailClass.SPAM);
                }

                @Override
                public String engine() {
                    return "scripted";
                }
            };
        }

        @Override
        public String engine() {
            return "scripted";
        }
    }

    /** A store with one object, which may be away. */
    private static final class OneObjectStore implements MessageStore {
        private StoreException failure;
        private int failures = Integer.MAX_VALUE;

        @Override
        public InputStream open(ObjectReference reference) throws StoreException {
            if (failure != null && failures-- > 0) {
                throw failure;
            }
            return new ByteArrayInputStream(new byte[] {1, 2, 3});
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
