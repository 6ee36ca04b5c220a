package org.postern.spam.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postern.engine.Backoff;
import org.postern.engine.Pause;
import org.postern.engine.TryRules;
import org.postern.spam.LearnFeedback;
import org.postern.spam.LearnedWords;
import org.postern.spam.Learner;
import org.postern.spam.config.AssessmentConfig;
import org.postern.spam.config.LearningConfig;
import org.postern.spam.kafka.Feedback;
import org.postern.spam.postgres.JdbcLearnedWords;
import org.postern.spam.postgres.SpamDatabase;
import org.postern.spam.rspamd.RspamdLearner;
import org.postern.store.MessageStore;

/** What learning is made of. */
@ApplicationScoped
public class LearningBeans {
    @Produces
    @Singleton
    SpamDatabase database(DataSource dataSource, Flyway flyway) {
        return new SpamDatabase(dataSource, flyway::migrate);
    }

    @Produces
    @Singleton
    JdbcLearnedWords learnedWords(SpamDatabase database) {
        return new JdbcLearnedWords(database, Clock.systemUTC());
    }

    @Produces
    @Singleton
    Learner learner(LearningConfig config, HttpClient client) throws IOException {
        Path file = config.passwordFile()
                .orElseThrow(
                        () -> new IllegalStateException("postern.learning.password-file is needed: the file with the"
                                + " password of Rspamd's controller. Or set postern.learning.enabled to false."));
        return new RspamdLearner(
                client, config.controller(), Files.readString(file).strip());
    }

    @Produces
    @Singleton
    LearnFeedback learnFeedback(
            MessageStore store,
            Learner learner,
            LearnedWords words,
            Pause pause,
            LearningConfig config,
            AssessmentConfig assessment) {
        TryRules rules = new TryRules(
                config.deadline(),
                config.tries(),
                new Backoff(assessment.backoff().first(), assessment.backoff().longest()));
        return new LearnFeedback(store, learner, words, rules, pause);
    }

    /** {@code postern.learning}: words by class and by what came of them. */
    @Produces
    @Singleton
    Feedback.Tally tally(MeterRegistry registry) {
        return (mailClass, outcome) -> registry.counter(
                        "postern.learning", "class", mailClass.word(), "outcome", outcome.word())
                .increment();
    }
}
