package org.postern.spam.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.postern.events.ContentHash;
import org.postern.events.MessageId;
import org.postern.events.ObjectId;
import org.postern.events.ObjectReference;
import org.postern.events.SubjectHash;
import org.postern.events.Tenant;
import org.postern.events.mail.FeedbackClass;
import org.postern.events.mail.MailFeedback;

class JdbcLearnedWordsIT {
    private static final RealDatabase REAL = new RealDatabase();
    private static final Instant NOW = Instant.parse("2026-11-24T02:00:00Z");

    private final JdbcLearnedWords words = new JdbcLearnedWords(REAL.database(), Clock.fixed(NOW, ZoneOffset.UTC));
    private final MessageId id = MessageId.random();

    @AfterAll
    static void close() {
        REAL.close();
    }

    @Test
    void knowsNoWordAboutAMailOfWhichNoneWasLearned() {
        assertThat(words.latest(Tenant.DEFAULT, id)).isZero();
    }

    @Test
    void keepsTheLatestWordInWhateverOrderTheyCome() {
        words.keep(said(2, FeedbackClass.HAM));
        words.keep(said(1, FeedbackClass.SPAM));

        assertThat(words.latest(Tenant.DEFAULT, id)).isEqualTo(2);
        assertThat(words.latest(Tenant.of("other"), id)).isZero();
        assertThat(REAL.rows("learned")).anyMatch(row -> row.contains(id.value().toString()) && row.contains("ham"));
    }

    @Test
    void forgetsWordsThatWereLearnedBeforeATime() {
        words.keep(said(1, FeedbackClass.SPAM));

        assertThat(words.forgetBefore(NOW)).isFalse();
        assertThat(words.latest(Tenant.DEFAULT, id)).isEqualTo(1);

        words.forgetBefore(NOW.plusSeconds(1));
        assertThat(words.latest(Tenant.DEFAULT, id)).isZero();
    }

    private MailFeedback said(int revision, FeedbackClass mailClass) {
        return new MailFeedback(
                id,
                Tenant.DEFAULT,
                new ObjectReference(Tenant.DEFAULT, ObjectId.random(), ContentHash.of("0".repeat(64)), 10),
                mailClass,
                SubjectHash.of("A".repeat(43)),
                revision,
                NOW);
    }
}
