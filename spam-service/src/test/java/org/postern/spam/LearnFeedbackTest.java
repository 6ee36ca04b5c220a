package org.postern.spam;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postern.engine.Backoff;
import org.postern.engine.Deadline;
import org.postern.engine.TryRules;
import org.postern.events.ContentHash;
import org.postern.events.MessageId;
import org.postern.events.ObjectId;
import org.postern.events.ObjectReference;
import org.postern.events.SubjectHash;
import org.postern.events.Tenant;
import org.postern.events.mail.FeedbackClass;
import org.postern.events.mail.MailFeedback;
import org.postern.spam.LearnFeedback.Outcome;
import org.postern.store.MessageStore;
import org.postern.store.ObjectMissingException;
import org.postern.store.StoreException;
import org.postern.store.StoreUnavailableException;

class LearnFeedbackTest {
    private static final byte[] MAIL = "From: <a@example.org>\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII);

    private final MessageId id = MessageId.random();
    private final OneMail store = new OneMail();
    private final ScriptedLearner learner = new ScriptedLearner();
    private final RememberedWords words = new RememberedWords();
    private final List<Duration> pauses = new ArrayList<>();

    @Test
    void teachesTheVeryBytesAndTheClass() throws Exception {
        assertThat(learn(said(FeedbackClass.SPAM, 1))).isEqualTo(Outcome.LEARNED);

        assertThat(learner.learned).containsExactly(FeedbackClass.SPAM);
        assertThat(learner.bytes).isEqualTo(MAIL);
    }

    @Test
    void learnsAWordThatComesTwiceOnce() throws Exception {
        MailFeedback said = said(FeedbackClass.SPAM, 1);
        learn(said);

        assertThat(learn(said)).isEqualTo(Outcome.SUPERSEDED);

        assertThat(learner.learned).hasSize(1);
    }

    @Test
    void takesAWordBackByTheOppositeClass() throws Exception {
        learn(said(FeedbackClass.SPAM, 1));

        assertThat(learn(said(FeedbackClass.HAM, 2))).isEqualTo(Outcome.LEARNED);

        assertThat(learner.learned).containsExactly(FeedbackClass.SPAM, FeedbackClass.HAM);
    }

    @Test
    void doesNotLetALateWordTakeThePlaceOfALaterOne() throws Exception {
        learn(said(FeedbackClass.HAM, 2));

        assertThat(learn(said(FeedbackClass.SPAM, 1))).isEqualTo(Outcome.SUPERSEDED);

        assertThat(learner.learned).containsExactly(FeedbackClass.HAM);
    }

    @Test
    void learnsNothingOfAClassOfANewerVersion() throws Exception {
        assertThat(learn(said(FeedbackClass.UNRECOGNISED, 1))).isEqualTo(Outcome.CLASS_UNKNOWN);

        assertThat(learner.learned).isEmpty();
    }

    @Test
    void saysSoWhereThereIsTooLittleToLearn() throws Exception {
        learner.will(Learner.Lesson.TOO_SHORT);

        assertThat(learn(said(FeedbackClass.SPAM, 1))).isEqualTo(Outcome.TOO_SHORT);
    }

    @Test
    void learnsNothingOfAMailThatWasDeleted() throws Exception {
        store.failure = new ObjectMissingException("erased", null);

        assertThat(learn(said(FeedbackClass.SPAM, 1))).isEqualTo(Outcome.BODY_UNREADABLE);
        assertThat(pauses).isEmpty();
    }

    @Test
    void waitsForAnEngineThatIsAwayForHoweverLong() throws Exception {
        for (int i = 0; i < 50; i++) {
            learner.will(Learner.Lesson.AWAY);
        }

        assertThat(learn(said(FeedbackClass.SPAM, 1))).isEqualTo(Outcome.LEARNED);
        assertThat(pauses).hasSize(50);
    }

    @Test
    void waitsForAStoreThatIsAway() throws Exception {
        store.failure = new StoreUnavailableException("away", null);
        store.failures = 3;

        assertThat(learn(said(FeedbackClass.SPAM, 1))).isEqualTo(Outcome.LEARNED);
        assertThat(pauses).hasSize(3);
    }

    @Test
    void waitsForADatabaseThatIsAwayAndTeachesNothingMeanwhile() throws Exception {
        words.failures = 4;

        assertThat(learn(said(FeedbackClass.SPAM, 1))).isEqualTo(Outcome.LEARNED);
        assertThat(learner.learned).hasSize(1);
        assertThat(pauses).hasSize(4);
    }

    @Test
    void givesAMailUpThatFailsWhileOthersAreLearned() throws Exception {
        learner.will(Learner.Lesson.FAILED);
        learner.will(Learner.Lesson.FAILED);
        learner.will(Learner.Lesson.FAILED);

        assertThat(learn(said(FeedbackClass.SPAM, 1))).isEqualTo(Outcome.GIVEN_UP);
        assertThat(words.revisions).isEmpty();
    }

    @Test
    void countsNoFailureAgainstAMailWhileNothingIsLearnedAtAll() throws Exception {
        learner.works = false;
        for (int i = 0; i < 20; i++) {
            learner.will(Learner.Lesson.FAILED);
        }

        assertThat(learn(said(FeedbackClass.SPAM, 1))).isEqualTo(Outcome.LEARNED);
    }

    private Outcome learn(MailFeedback said) throws InterruptedException {
        TryRules rules =
                new TryRules(Duration.ofSeconds(5), 3, new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5)));
        return new LearnFeedback(store, learner, words, rules, pauses::add).learn(said);
    }

    private MailFeedback said(FeedbackClass mailClass, int revision) {
        ObjectReference object =
                new ObjectReference(Tenant.DEFAULT, ObjectId.random(), ContentHash.of("0".repeat(64)), MAIL.length);
        return new MailFeedback(
                id,
                Tenant.DEFAULT,
                object,
                mailClass,
                SubjectHash.of("A".repeat(43)),
                revision,
                Instant.parse("2026-11-24T02:00:00Z"));
    }

    private static final class ScriptedLearner implements Learner {
        private final Deque<Lesson> script = new ArrayDeque<>();
        private final List<FeedbackClass> learned = new ArrayList<>();
        private byte[] bytes = {};
        private boolean works = true;

        void will(Lesson lesson) {
            script.add(lesson);
        }

        @Override
        public Lesson learn(Body body, FeedbackClass mailClass, Deadline deadline) throws IOException {
            try (InputStream in = body.open()) {
                bytes = in.readAllBytes();
            }
            if (!script.isEmpty()) {
                return script.remove();
            }
            learned.add(mailClass);
            return Lesson.LEARNED;
        }

        @Override
        public boolean works() {
            return works;
        }
    }

    private static final class RememberedWords implements LearnedWords {
        private final Map<MessageId, Integer> revisions = new HashMap<>();
        private int failures;

        @Override
        public int latest(Tenant tenant, MessageId mail) {
            if (failures > 0) {
                failures--;
                throw new DatabaseAwayException(new IOException("away"));
            }
            return revisions.getOrDefault(mail, 0);
        }

        @Override
        public void keep(MailFeedback learned) {
            revisions.merge(learned.messageId(), learned.revision(), Math::max);
        }
    }

    private static final class OneMail implements MessageStore {
        private StoreException failure;
        private int failures = Integer.MAX_VALUE;

        @Override
        public ObjectReference put(Tenant tenant, InputStream body, long limit) {
            throw new UnsupportedOperationException("nothing is stored here");
        }

        @Override
        public InputStream open(ObjectReference reference) throws StoreException {
            if (failure != null && failures-- > 0) {
                throw failure;
            }
            return new ByteArrayInputStream(MAIL);
        }

        @Override
        public boolean erase(Tenant tenant, ObjectId id) {
            throw new UnsupportedOperationException("nothing is erased here");
        }
    }
}
