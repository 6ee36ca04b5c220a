package org.postern.scan.clamav;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postern.engine.Deadline;
import org.postern.events.mail.EngineVersion;
import org.postern.scan.Body;
import org.postern.scan.Signatures;

/**
 * The version of clamd and its signatures that counts, asked again and again. Behind one address there may be several clamd
 * that take new signatures up at different times: a version counts when all answers of some time agree on it. Until then
 * the one before it does, so that scanning again begins when there is nobody left who would do it with the old ones.
 *
 * <p>{@code VERSION} tells the number of ClamAV's own database and nothing of files that were put beside it. Those are told
 * by a signature among them that matches {@link #MARKER} and whose name ends in a word for them all: whoever keeps the
 * folder changes the word, see {@code mark-signatures}. A scan tells the number by itself, in its own session, and the word
 * as it was just before.
 */
final class ClamdVersions {
    /** What the signature that names the set matches. It is no part of any mail's own text. */
    static final String MARKER = "postern-signature-set-7c1e5a90";

    private static final Duration ASKING = Duration.ofSeconds(2);
    private static final Pattern SET = Pattern.compile("Postern\\.Set\\.([A-Za-z0-9-]{1,40})(?:\\.UNOFFICIAL)?");

    private final ClamdQuestion question;
    private final Duration keptFor;
    private final Duration agreeing;
    private final ReentrantLock asking = new ReentrantLock();
    // Guarded by the lock.
    private final Deque<Answer> answers = new ArrayDeque<>();
    private volatile Known known = new Known(EngineVersion.named(ClamAvScanner.ENGINE), false, 0);
    private @Nullable String added;

    /**
     * @param keptFor how long an answer is taken for the present one
     * @param agreeing for how long all answers must be the same before they count
     */
    ClamdVersions(ClamdQuestion question, Duration keptFor, Duration agreeing) {
        this.question = question;
        this.keptFor = keptFor;
        this.agreeing = agreeing;
    }

    /** The version that counts; without one only the name. Takes no scan down when it cannot be asked. */
    EngineVersion current(Deadline deadline) throws InterruptedException {
        Known last = known;
        if (isFresh(last) || !asking.tryLock()) {
            return last.version();
        }
        try {
            EngineVersion answer = ask(deadline.orIn(ASKING));
            boolean usable = answer.version() != null;
            EngineVersion counts = usable ? agreed(answer) : answer;
            known = new Known(counts, usable, System.nanoTime());
            return counts;
        } finally {
            asking.unlock();
        }
    }

    /**
     * Of the version that counted before a scan and the one that its session told the older, so that no scan is said to have
     * been made with newer signatures than it was. Where one of them is not known, neither is the older.
     */
    static EngineVersion older(EngineVersion counted, EngineVersion told) {
        if (counted.version() == null || told.version() == null) {
            return EngineVersion.named(ClamAvScanner.ENGINE);
        }
        return ClamdVersion.isOlder(told, counted) ? told : counted;
    }

    private EngineVersion agreed(EngineVersion answer) {
        long now = System.nanoTime();
        while (!answers.isEmpty() && now - answers.getFirst().atNanos() > agreeing.toNanos()) {
            answers.removeFirst();
        }
        // The first after a silence has nobody to disagree with.
        boolean agree = answers.stream().allMatch(other -> other.version().equals(answer));
        answers.addLast(new Answer(answer, now));
        return agree || !known.usable() ? answer : known.version();
    }

    private boolean isFresh(Known last) {
        return last.usable() && System.nanoTime() - last.atNanos() < keptFor.toNanos();
    }

    private EngineVersion ask(Deadline deadline) throws InterruptedException {
        try {
            ClamdQuestion.Answer answer = question.ask(Body.of(MARKER.getBytes(StandardCharsets.US_ASCII)), deadline);
            EngineVersion version = answer.engine();
            if (version.version() == null) {
                return version;
            }
            added = added(answer.reply());
            String word = new Signatures(Signatures.of(version).database(), added).word();
            return new EngineVersion(
                    version.name(), version.version(), word.isEmpty() ? null : word, version.signaturesAt());
        } catch (ClamdException e) {
            return EngineVersion.named(ClamAvScanner.ENGINE);
        } catch (IOException e) {
            throw new IllegalStateException("a body in memory can always be read", e);
        }
    }

    /** The word for what was added; where that is not told, it is as it was. */
    private @Nullable String added(ClamdReply reply) {
        return switch (reply) {
            case ClamdReply.Ok ok -> null;
            case ClamdReply.Found found -> {
                Matcher set = SET.matcher(found.name());
                yield set.matches() ? set.group(1) : added;
            }
            case ClamdReply.TooLarge tooLarge -> added;
            case ClamdReply.ReadTimedOut late -> added;
            case ClamdReply.NotUnderstood other -> added;
        };
    }

    private record Known(EngineVersion version, boolean usable, long atNanos) {}

    private record Answer(EngineVersion version, long atNanos) {}
}
