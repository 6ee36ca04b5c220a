package org.postern.spam;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.postern.engine.Attempt;
import org.postern.engine.BodyTruncatedException;
import org.postern.engine.Deadline;
import org.postern.engine.EngineSlots;
import org.postern.engine.Pause;
import org.postern.engine.TryRules;
import org.postern.engine.UntilAnswered;
import org.postern.events.mail.AssessmentResult;
import org.postern.events.mail.EngineVersion;
import org.postern.events.mail.InconclusiveCause;
import org.postern.events.mail.MailAssessed;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.MailReceived;
import org.postern.store.MessageStore;
import org.postern.store.ObjectCorruptException;
import org.postern.store.ObjectMissingException;

/**
 * Assesses a received mail until there is a fact to tell about it.
 *
 * <p>An engine or a store that is away is waited for, however long that takes: message-service has a deadline of its own,
 * and the definite answer is worth having after it. A failure that is about this very message, with an engine that answers for
 * other mails, is repeated a few times and then told as {@code inconclusive}, so that no mail can block the others.
 */
public final class AssessMessage {
    /** The attempt of a definite answer: the same however often the engine had to be waited for. */
    public static final int ANSWERED = 1;

    /** The attempt that says there will be no answer; another event than an answer, should one come after a crash. */
    public static final int GIVEN_UP = 2;

    private final MessageStore store;
    private final Assessor assessor;
    private final EngineSlots slots;
    private final TryRules rules;
    private final UntilAnswered engine;
    private final Clock clock;

    public AssessMessage(
            MessageStore store,
            Assessor assessor,
            EngineSlots slots,
            EngineProbe probe,
            TryRules rules,
            Pause pause,
            Clock clock) {
        this.store = store;
        this.assessor = assessor;
        this.slots = slots;
        this.rules = rules;
        this.engine = new UntilAnswered(rules, pause, () -> probe.state().healthy());
        this.clock = clock;
    }

    /**
     * The fact about a mail.
     *
     * @throws InterruptedException where the service stops; the mail will come again
     */
    public MailAssessed assess(MailReceived mail) throws InterruptedException {
        UntilAnswered.Told<AssessmentResult> told = engine.ask(() -> assessOnce(mail));
        return new MailAssessed(
                mail.messageId(), mail.tenant(), told.answered() ? ANSWERED : GIVEN_UP, told.result(), clock.instant());
    }

    private Attempt<AssessmentResult> assessOnce(MailReceived mail) throws InterruptedException {
        Body body = Body.of(() -> store.open(mail.object()), mail.object().size());
        try (EngineSlots.Slot slot = slots.forMail()) {
            return attempt(assessor.assess(Mail.of(mail, body), Deadline.in(rules.deadline())));
        } catch (ObjectMissingException | ObjectCorruptException | BodyTruncatedException e) {
            return new Attempt.Hopeless<>(AssessmentResult.inconclusive(
                    InconclusiveCause.OBJECT_UNREADABLE, EngineVersion.named(assessor.engine()), Duration.ZERO));
        } catch (IOException e) {
            return new Attempt.BodyAway<>();
        }
    }

    private static Attempt<AssessmentResult> attempt(AssessmentResult result) {
        if (result.mailClass() != MailClass.INCONCLUSIVE) {
            return new Attempt.Answered<>(result);
        }
        InconclusiveCause cause = result.inconclusive();
        return switch (cause == null ? InconclusiveCause.UNRECOGNISED : cause) {
            case TIMED_OUT, ANSWER_NOT_UNDERSTOOD, UNRECOGNISED -> new Attempt.Failed<>(result);
            case OBJECT_UNREADABLE -> new Attempt.Hopeless<>(result);
            case ENGINE_DOWN -> new Attempt.EngineAway<>();
        };
    }
}
