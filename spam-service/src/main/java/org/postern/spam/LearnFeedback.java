package org.postern.spam;

import java.io.IOException;
import java.util.random.RandomGenerator;
import org.postern.engine.BodyTruncatedException;
import org.postern.engine.Deadline;
import org.postern.engine.Pause;
import org.postern.engine.TryRules;
import org.postern.events.mail.FeedbackClass;
import org.postern.events.mail.MailFeedback;
import org.postern.store.MessageStore;
import org.postern.store.ObjectCorruptException;
import org.postern.store.ObjectMissingException;

/**
 * Teaches the engine what somebody says a mail is.
 *
 * <p>An engine, a store or a database that is away is waited for, however long that takes: there is no hurry, and no word is
 * lost. A failure that is about this very mail, with an engine that learns another, is repeated a few times and then given up,
 * so that no mail can keep the others from being learned.
 */
public final class LearnFeedback {
    /** What came of a word about a mail. */
    public enum Outcome {
        /** The engine knows it now. */
        LEARNED("learned"),
        /** There is too little in the mail to be learned from. */
        TOO_SHORT("too-short"),
        /** This word, or a later one about the same mail, was learned before. */
        SUPERSEDED("superseded"),
        /** The mail was deleted, or is not what its reference says. */
        BODY_UNREADABLE("body-unreadable"),
        /** A class of a newer version. */
        CLASS_UNKNOWN("class-unknown"),
        /** Tried as often as it may be. */
        GIVEN_UP("given-up");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }

        /** The word for it in counters. */
        public String word() {
            return word;
        }
    }

    private final MessageStore store;
    private final Learner learner;
    private final LearnedWords words;
    private final TryRules rules;
    private final Pause pause;

    /** @param rules the deadline of one try, the tries and the pauses between them */
    public LearnFeedback(MessageStore store, Learner learner, LearnedWords words, TryRules rules, Pause pause) {
        this.store = store;
        this.learner = learner;
        this.words = words;
        this.rules = rules;
        this.pause = pause;
    }

    /**
     * Learns from a word about a mail. The words about one mail must be given one after the other.
     *
     * @throws InterruptedException where the service stops; the word will come again
     */
    public Outcome learn(MailFeedback said) throws InterruptedException {
        if (said.mailClass() == FeedbackClass.UNRECOGNISED) {
            return Outcome.CLASS_UNKNOWN;
        }
        int failures = 0;
        for (int pauses = 0; ; pauses++) {
            switch (tryOnce(said)) {
                case LEARNED -> {
                    return Outcome.LEARNED;
                }
                case TOO_SHORT -> {
                    return Outcome.TOO_SHORT;
                }
                case SUPERSEDED -> {
                    return Outcome.SUPERSEDED;
                }
                case BODY_UNREADABLE -> {
                    return Outcome.BODY_UNREADABLE;
                }
                case AWAY -> {}
                case FAILED -> {
                    // Only with an engine that learns another mail can a failure be this one's.
                    failures += learner.works() ? 1 : 0;
                    if (failures >= rules.tries()) {
                        return Outcome.GIVEN_UP;
                    }
                }
            }
            pause.pause(rules.backoff().pause(pauses, RandomGenerator.getDefault()));
        }
    }

    private enum Try {
        LEARNED,
        TOO_SHORT,
        SUPERSEDED,
        BODY_UNREADABLE,
        AWAY,
        FAILED
    }

    private Try tryOnce(MailFeedback said) throws InterruptedException {
        try {
            if (words.latest(said.tenant(), said.messageId()) >= said.revision()) {
                return Try.SUPERSEDED;
            }
            Body body = Body.of(() -> store.open(said.object()), said.object().size());
            Try tried =
                    switch (learner.learn(body, said.mailClass(), Deadline.in(rules.deadline()))) {
                        case LEARNED -> Try.LEARNED;
                        case TOO_SHORT -> Try.TOO_SHORT;
                        case AWAY -> Try.AWAY;
                        case FAILED -> Try.FAILED;
                    };
            if (tried == Try.LEARNED) {
                // After the fact: a crash before this has it learned again, which changes nothing.
                words.keep(said);
            }
            return tried;
        } catch (ObjectMissingException | ObjectCorruptException | BodyTruncatedException e) {
            return Try.BODY_UNREADABLE;
        } catch (IOException | DatabaseAwayException e) {
            return Try.AWAY;
        }
    }
}
