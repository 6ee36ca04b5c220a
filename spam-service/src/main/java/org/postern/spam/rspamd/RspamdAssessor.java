package org.postern.spam.rspamd;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postern.engine.Deadline;
import org.postern.events.mail.AssessmentResult;
import org.postern.events.mail.EngineVersion;
import org.postern.spam.Assessor;
import org.postern.spam.Mail;

/** Assesses by Rspamd's {@code /checkv2}. */
public final class RspamdAssessor implements Assessor {
    static final String ENGINE = "rspamd";

    private static final int OK = 200;
    private static final Pattern SERVER = Pattern.compile("rspamd/([\\x21-\\x7e]{1,60})");

    private final Exchange exchange;
    private final URI check;

    /**
     * @param client of HTTP/1.1, following no redirects; its connect timeout bounds the time to reach Rspamd, and its
     *     executor's threads read the bodies
     * @param rspamd where Rspamd's normal worker listens, for instance {@code http://127.0.0.1:11333}
     */
    public RspamdAssessor(HttpClient client, URI rspamd) {
        this.exchange = new Exchange(client);
        this.check = rspamd.resolve("/checkv2");
    }

    @Override
    public String engine() {
        return ENGINE;
    }

    @Override
    public AssessmentResult assess(Mail mail, Deadline deadline) throws IOException, InterruptedException {
        long started = System.nanoTime();
        EngineVersion engine = EngineVersion.named(ENGINE);
        RspamdHeaders headers = RspamdHeaders.of(mail);
        try {
            HttpResponse<byte[]> response = exchange.send(check, headers.all(), mail.body(), deadline);
            engine = version(response);
            RspamdAnswer answer = answer(response);
            Completeness.require(answer, headers.nameTheClient());
            return Classification.result(answer, headers.nameTheClient(), engine, since(started));
        } catch (RspamdException e) {
            return AssessmentResult.inconclusive(e.why(), engine, since(started));
        }
    }

    private static RspamdAnswer answer(HttpResponse<byte[]> response) throws RspamdException {
        if (response.statusCode() != OK) {
            throw RspamdException.notUnderstood("status " + response.statusCode());
        }
        return RspamdAnswer.parse(response.body());
    }

    private static EngineVersion version(HttpResponse<?> response) {
        Matcher server = SERVER.matcher(response.headers().firstValue("Server").orElse(""));
        return server.matches() ? new EngineVersion(ENGINE, server.group(1), null, null) : EngineVersion.named(ENGINE);
    }

    private static Duration since(long started) {
        return Duration.ofNanos(System.nanoTime() - started);
    }
}
