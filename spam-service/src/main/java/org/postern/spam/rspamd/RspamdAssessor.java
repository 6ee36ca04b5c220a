package org.postern.spam.rspamd;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postern.events.mail.AssessmentResult;
import org.postern.events.mail.EngineVersion;
import org.postern.spam.Assessor;
import org.postern.spam.Deadline;
import org.postern.spam.Mail;

/** Assesses by Rspamd's {@code /checkv2}, a connection for each mail: Rspamd closes it after its answer. */
public final class RspamdAssessor implements Assessor {
    static final String ENGINE = "rspamd";

    private static final int OK = 200;
    /** An answer is a few KiB; of a mail with very many links, some more. */
    private static final long LONGEST_ANSWER = 4 * 1024 * 1024;

    private static final Pattern SERVER = Pattern.compile("rspamd/([\\x21-\\x7e]{1,60})");

    private final HttpClient client;
    private final URI check;

    /**
     * @param client of HTTP/1.1, following no redirects; its connect timeout bounds the time to reach Rspamd, and its
     *     executor's threads read the bodies
     * @param rspamd where Rspamd's normal worker listens, for instance {@code http://127.0.0.1:11333}
     */
    public RspamdAssessor(HttpClient client, URI rspamd) {
        this.client = client;
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
        try (WatchedBody body = new WatchedBody(mail.body())) {
            HttpResponse<byte[]> response =
                    send(request(headers, body, mail.body().size()), body, deadline);
            engine = version(response);
            RspamdAnswer answer = answer(response);
            Completeness.require(answer, headers.nameTheClient());
            return Classification.result(answer, headers.nameTheClient(), engine, since(started));
        } catch (RspamdException e) {
            return AssessmentResult.inconclusive(e.why(), engine, since(started));
        }
    }

    private HttpRequest request(RspamdHeaders headers, WatchedBody body, long size) {
        BodyPublisher bytes = BodyPublishers.ofInputStream(body::open);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(check).POST(size > 0 ? BodyPublishers.fromPublisher(bytes, size) : bytes);
        headers.all().forEach(header -> request.header(header.name(), header.value()));
        return request.build();
    }

    private HttpResponse<byte[]> send(HttpRequest request, WatchedBody body, Deadline deadline)
            throws IOException, InterruptedException, RspamdException {
        CompletableFuture<HttpResponse<byte[]>> sending = client.sendAsync(request, LimitedBytes.upTo(LONGEST_ANSWER));
        try {
            HttpResponse<byte[]> response = sending.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
            rethrow(body);
            if (!body.ended()) {
                // An answer that came before the end of the body was read, and so verified, is about something else.
                throw RspamdException.notUnderstood("answered before the end of the mail");
            }
            return response;
        } catch (TimeoutException e) {
            sending.cancel(true);
            throw RspamdException.late();
        } catch (InterruptedException e) {
            sending.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            rethrow(body);
            throw isUnreachable(e.getCause())
                    ? RspamdException.unreachable(e)
                    : RspamdException.notUnderstood("no whole HTTP answer");
        }
    }

    private static void rethrow(WatchedBody body) throws IOException {
        IOException failure = body.failure();
        if (failure != null && failure.getCause() instanceof RuntimeException refusal) {
            throw refusal;
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static boolean isUnreachable(@Nullable Throwable failure) {
        return failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException;
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
