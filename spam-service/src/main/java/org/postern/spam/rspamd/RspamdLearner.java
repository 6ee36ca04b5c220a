package org.postern.spam.rspamd;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.postern.engine.Deadline;
import org.postern.events.mail.FeedbackClass;
import org.postern.events.mail.InconclusiveCause;
import org.postern.spam.Body;
import org.postern.spam.Learner;
import org.postern.spam.rspamd.RspamdHeaders.Header;

/**
 * Teaches by {@code /learnspam} and {@code /learnham} of Rspamd's controller. Rspamd keeps the class that each mail was
 * learned as, and unlearns it when the other comes.
 *
 * <p>Rspamd answers "success" too where its Redis is silent and nothing was learned. That it knows a mail is proven by its
 * answer to the same mail said again: learned already (208).
 */
public final class RspamdLearner implements Learner {
    private static final Logger LOG = Logger.getLogger(RspamdLearner.class);

    private static final int LEARNED = 200;
    private static final int NOTHING_TO_LEARN = 204;
    private static final int KNOWN = 208;
    private static final int UNAUTHORISED = 401;
    private static final int FORBIDDEN = 403;

    private static final Pattern PASSWORD = Pattern.compile("[\\x21-\\x7e]{1,512}");
    private static final Duration FOR_THE_PROBE = Duration.ofSeconds(5);

    /** Ham, always the same: learned once, and known from then on. Longer than Rspamd's fewest words. */
    private static final byte[] PROBE = ("From: <probe@postern.invalid>\r\nTo: <probe@postern.invalid>\r\n"
                    + "Subject: probe\r\nDate: Mon, 02 Nov 2026 09:00:00 +0000\r\nMessage-ID: <probe@postern.invalid>\r\n"
                    + "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n"
                    + "With this mail Postern looks whether its filter can learn. Nobody sent it, nobody reads it, and it is"
                    + " the same one every time, so that learning it again changes nothing.\r\n")
            .getBytes(StandardCharsets.US_ASCII);

    private final Exchange exchange;
    private final URI spam;
    private final URI ham;
    private final List<Header> headers;
    private volatile boolean away;

    /**
     * @param client as for {@link RspamdAssessor}
     * @param controller where Rspamd's controller listens, for instance {@code http://127.0.0.1:11334}
     * @param password of the controller, visible ASCII
     * @throws IllegalArgumentException where the password is none
     */
    public RspamdLearner(HttpClient client, URI controller, String password) {
        if (!PASSWORD.matcher(password).matches()) {
            throw new IllegalArgumentException(
                    "the password of Rspamd's controller must be 1 to 512 visible ASCII characters");
        }
        this.exchange = new Exchange(client);
        this.spam = controller.resolve("/learnspam");
        this.ham = controller.resolve("/learnham");
        // Without "bulk" Rspamd passes over a mail that it would get right by itself: then a word could not be taken
        // back.
        this.headers = List.of(new Header("Password", password), new Header("Learn-Type", "bulk"));
    }

    @Override
    public Lesson learn(Body body, FeedbackClass mailClass, Deadline deadline)
            throws IOException, InterruptedException {
        URI path =
                switch (mailClass) {
                    case SPAM -> spam;
                    case HAM -> ham;
                    case UNRECOGNISED -> throw new IllegalArgumentException("nothing is learned of an unknown class");
                };
        try {
            Lesson first = lesson(status(path, body, deadline));
            if (first != Lesson.LEARNED) {
                return first;
            }
            return status(path, body, deadline) == KNOWN ? there() : away("it says that it has learned, and has not");
        } catch (RspamdException e) {
            if (e.isNoContent()) {
                return Lesson.TOO_SHORT;
            }
            return e.why() == InconclusiveCause.ENGINE_DOWN ? away("it cannot be reached") : Lesson.FAILED;
        }
    }

    @Override
    public boolean works() throws InterruptedException {
        try {
            return learn(Body.of(PROBE), FeedbackClass.HAM, Deadline.in(FOR_THE_PROBE)) == Lesson.LEARNED;
        } catch (IOException e) {
            throw new IllegalStateException("a body in memory can always be read", e);
        }
    }

    private int status(URI path, Body body, Deadline deadline)
            throws IOException, InterruptedException, RspamdException {
        return exchange.send(path, headers, body, deadline).statusCode();
    }

    private Lesson lesson(int status) {
        return switch (status) {
            case LEARNED, KNOWN -> Lesson.LEARNED;
            case NOTHING_TO_LEARN -> Lesson.TOO_SHORT;
            case UNAUTHORISED, FORBIDDEN -> away("it does not take our password");
            default -> Lesson.FAILED;
        };
    }

    private Lesson there() {
        away = false;
        return Lesson.LEARNED;
    }

    /** Said once, not at each try. */
    private Lesson away(String why) {
        if (!away) {
            away = true;
            LOG.warnf("learning waits for Rspamd's controller: %s", why);
        }
        return Lesson.AWAY;
    }
}
