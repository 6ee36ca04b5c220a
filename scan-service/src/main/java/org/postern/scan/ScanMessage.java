package org.postern.scan;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.postern.events.mail.EngineVersion;
import org.postern.events.mail.InconclusiveCause;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.MailScanned;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;
import org.postern.store.MessageStore;
import org.postern.store.ObjectCorruptException;
import org.postern.store.ObjectMissingException;

/**
 * Scans a received mail until there is a fact to tell about it.
 *
 * <p>An engine or a store that is away is waited for, however long that takes: message-service has a deadline of its own,
 * and the definite answer is worth having after it. A failure that is about this very message, with an engine that scans
 * other things, is repeated a few times and then told as {@code inconclusive}, so that no mail can block the others.
 */
public final class ScanMessage {
    /** The attempt of a definite answer: the same however often the engine had to be waited for. */
    public static final int ANSWERED = 1;

    /** The attempt that says there will be no answer; another event than an answer, should one come after a crash. */
    public static final int GIVEN_UP = 2;

    private final MessageStore store;
    private final Scanner scanner;
    private final EngineSlots slots;
    private final EngineProbe probe;
    private final ScanRules rules;
    private final Pause pause;
    private final Clock clock;

    public ScanMessage(
            MessageStore store,
            Scanner scanner,
            EngineSlots slots,
            EngineProbe probe,
            ScanRules rules,
            Pause pause,
            Clock clock) {
        this.store = store;
        this.scanner = scanner;
        this.slots = slots;
        this.probe = probe;
        this.rules = rules;
        this.pause = pause;
        this.clock = clock;
    }

    /**
     * The fact about a mail.
     *
     * @throws InterruptedException where the service stops; the mail will come again
     */
    public MailScanned scan(MailReceived mail) throws InterruptedException {
        int failures = 0;
        int pauses = 0;
        while (true) {
            Optional<ScanResult> tried = scanOnce(mail);
            if (tried.isPresent()) {
                ScanResult result = tried.get();
                if (result.verdict() != ScanVerdict.INCONCLUSIVE) {
                    return fact(mail, ANSWERED, result);
                }
                failures += isAboutTheMessage(result) ? 1 : 0;
                if (failures >= rules.tries() || isUnreadable(result)) {
                    return fact(mail, GIVEN_UP, result);
                }
            }
            // Every try but the first follows a proof that the engine scans: only then can a failure be the message's.
            do {
                pause.pause(rules.backoff().pause(pauses++, RandomGenerator.getDefault()));
            } while (tried.isPresent() && !probe.state().healthy());
        }
    }

    /** One try; empty where the body cannot be read for now. */
    private Optional<ScanResult> scanOnce(MailReceived mail) throws InterruptedException {
        Body body = Body.mail(() -> store.open(mail.object()), mail.object().size());
        try (EngineSlots.Slot slot = slots.forMail()) {
            return Optional.of(scanner.scan(body, Deadline.in(rules.deadline())));
        } catch (ObjectMissingException | ObjectCorruptException | BodyTruncatedException e) {
            return Optional.of(ScanResult.inconclusive(
                    InconclusiveCause.OBJECT_UNREADABLE, EngineVersion.named(scanner.engine()), Duration.ZERO));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isAboutTheMessage(ScanResult result) {
        return switch (cause(result)) {
            case TIMED_OUT, ANSWER_NOT_UNDERSTOOD, OBJECT_UNREADABLE, UNRECOGNISED -> true;
            case ENGINE_DOWN -> false;
        };
    }

    private static boolean isUnreadable(ScanResult result) {
        return cause(result) == InconclusiveCause.OBJECT_UNREADABLE;
    }

    private static InconclusiveCause cause(ScanResult result) {
        InconclusiveCause cause = result.inconclusive();
        return cause == null ? InconclusiveCause.UNRECOGNISED : cause;
    }

    private MailScanned fact(MailReceived mail, int attempt, ScanResult result) {
        return new MailScanned(mail.messageId(), mail.tenant(), attempt, result, clock.instant());
    }
}
