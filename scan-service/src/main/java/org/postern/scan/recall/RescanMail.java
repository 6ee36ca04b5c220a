package org.postern.scan.recall;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postern.engine.BodyTruncatedException;
import org.postern.engine.Deadline;
import org.postern.engine.EngineSlots;
import org.postern.engine.TryRules;
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
import org.postern.store.ObjectCorruptException;
import org.postern.store.ObjectMissingException;

/**
 * Scans a message that has its verdict once more, with the signatures of a run, and tells where that makes another one.
 * Live mail goes first: a slot is taken only while nobody else wants it.
 */
public final class RescanMail {
    private final MessageStore store;
    private final Scanner scanner;
    private final EngineSlots slots;
    private final ScanMemory memory;
    private final TryRules rules;
    private final Clock clock;

    public RescanMail(
            MessageStore store, Scanner scanner, EngineSlots slots, ScanMemory memory, TryRules rules, Clock clock) {
        this.store = store;
        this.scanner = scanner;
        this.slots = slots;
        this.memory = memory;
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * Scans one message again, within the deadline for a scan a few times over.
     *
     * @throws MemoryAwayException where it is not known what was told before
     * @throws InterruptedException where the service stops; the run comes to this message again
     */
    public Rescanned rescan(RecallRun run, MailReceived mail) throws InterruptedException {
        Optional<Remembered> told = memory.about(mail.tenant(), mail.messageId());
        if (isKnown(run, mail, told)) {
            return new Rescanned.Known();
        }
        for (int failures = 0; failures < rules.tries(); failures++) {
            Tried tried = scan(mail);
            if (tried.result() == null) {
                return tried.without();
            }
            ScanResult result = tried.result();
            if (result.verdict() != ScanVerdict.INCONCLUSIVE) {
                return outcome(run, mail, told, result);
            }
            if (result.inconclusive() == InconclusiveCause.ENGINE_DOWN) {
                return new Rescanned.NotNow();
            }
        }
        return new Rescanned.Failed();
    }

    /** Scanned with these signatures already, or the same content was and came to what was told about this message. */
    private boolean isKnown(RecallRun run, MailReceived mail, Optional<Remembered> told) {
        return told.isPresent()
                && (told.get().signatures().equals(run.signatures())
                        || memory.about(mail.object().sha256(), run.signatures())
                                .filter(verdict -> verdict == told.get().verdict())
                                .isPresent());
    }

    private Tried scan(MailReceived mail) throws InterruptedException {
        Body body = Body.mail(() -> store.open(mail.object()), mail.object().size());
        try (EngineSlots.Slot slot = slots.whenFree()) {
            return new Tried(scanner.scan(body, Deadline.in(rules.deadline())), new Rescanned.NotNow());
        } catch (ObjectMissingException e) {
            return new Tried(null, new Rescanned.Gone());
        } catch (ObjectCorruptException | BodyTruncatedException e) {
            return new Tried(null, new Rescanned.Failed());
        } catch (IOException e) {
            return new Tried(null, new Rescanned.NotNow());
        }
    }

    private Rescanned outcome(RecallRun run, MailReceived mail, Optional<Remembered> told, ScanResult result) {
        // One of several engines that is behind, or an engine that is ahead, for which another run begins.
        if (!Signatures.of(result.engine()).equals(run.signatures())) {
            return new Rescanned.NotNow();
        }
        ScanVerdict before = told.map(Remembered::verdict).orElse(ScanVerdict.INCONCLUSIVE);
        if (result.verdict() == before) {
            return new Rescanned.Unchanged(before);
        }
        String beforeSignatures = told.map(Remembered::signatures)
                .map(Signatures::word)
                .filter(word -> !word.isEmpty())
                .orElse(null);
        MailScanned fact = new MailScanned(
                mail.messageId(),
                mail.tenant(),
                run.attempt(),
                result,
                clock.instant(),
                new Rescan(run.signatures().word(), before, beforeSignatures));
        return new Rescanned.Told(fact, rank(result.verdict()) > rank(before));
    }

    private static int rank(ScanVerdict verdict) {
        return switch (verdict) {
            case CLEAN -> 0;
            // Not known: anything but clean is news of the worse kind.
            case INCONCLUSIVE -> 0;
            case SUSPICIOUS -> 1;
            case UNSCANNABLE -> 2;
            case INFECTED -> 3;
        };
    }

    /** A result, or what there is without one. */
    private record Tried(@Nullable ScanResult result, Rescanned without) {}
}
