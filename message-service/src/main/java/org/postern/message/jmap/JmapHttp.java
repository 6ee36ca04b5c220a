package org.postern.message.jmap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.postern.message.http.RetryAfter;
import org.postern.message.withdrawal.MailServerException;
import org.postern.message.withdrawal.MailServerException.Kind;
import org.postern.outbound.OutboundGuard;
import org.postern.outbound.OutboundTarget;
import org.postern.outbound.RefusedTargetException;
import org.postern.outbound.vertx.GuardedRequest;

/**
 * Asks a mail server over HTTP, at the very address the guard looked at. What we log in with goes to the origins of the
 * configuration and to no other, wherever the server's answers point.
 */
final class JmapHttp implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CONNECT_MILLIS = 5_000;
    private static final int MOST_ANSWER = 4 * 1024 * 1024;
    private static final int MOST_REDIRECTS = 3;
    /** The parameter makes James before 3.9 speak the published version; others have no use for it. */
    private static final String ACCEPT = "application/json; jmapVersion=rfc-8621";

    private final HttpClient client;
    private final OutboundGuard guard;
    private final Set<String> origins = new HashSet<>();
    private final Duration timeout;
    private final Duration readTimeout;

    /** @param origins those that our login may go to, as URLs */
    JmapHttp(Vertx vertx, OutboundGuard guard, Set<String> origins, Duration timeout) {
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setIdleTimeout(Math.toIntExact(timeout.toSeconds()) + 1)
                .setVerifyHost(true));
        this.guard = guard;
        origins.forEach(origin -> this.origins.add(originOf(URI.create(origin))));
        this.timeout = timeout;
        // A mail of 50 MiB may take longer than an answer.
        this.readTimeout = timeout.multipliedBy(5);
    }

    JsonNode get(URI url, Map<String, String> login) throws MailServerException {
        URI at = url;
        for (int i = 0; i <= MOST_REDIRECTS; i++) {
            Answer answer = exchange(HttpMethod.GET, at, login, null, null);
            if (answer.location() == null) {
                return json(answer);
            }
            at = resolved(at, answer.location());
        }
        throw new MailServerException(Kind.SERVER, "redirects-without-end");
    }

    JsonNode post(URI url, Map<String, String> login, JsonNode request) throws MailServerException {
        Answer answer = exchange(HttpMethod.POST, url, login, Buffer.buffer(request.toString()), null);
        if (answer.location() != null) {
            throw new MailServerException(Kind.SERVER, "redirected");
        }
        return json(answer);
    }

    void download(URI url, Map<String, String> login, OutputStream to) throws MailServerException {
        exchange(HttpMethod.GET, url, login, null, to);
    }

    private record Answer(@Nullable String location, Buffer body) {}

    private Answer exchange(
            HttpMethod method, URI url, Map<String, String> login, @Nullable Buffer body, @Nullable OutputStream to)
            throws MailServerException {
        if (!origins.contains(originOf(url))) {
            throw new MailServerException(Kind.SERVER, "origin-not-allowed");
        }
        Duration most = to == null ? timeout : readTimeout;
        try {
            RequestOptions options = options(guard.check(url.toString()), method, login, most);
            // Inside, on the event loop: chained from this thread it could come after the answer's last byte.
            return client.request(options)
                    .compose(request -> (body == null ? request.send() : request.send(body))
                            .compose(response -> read(response, to)))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RefusedTargetException e) {
            throw new MailServerException(
                    Kind.SERVER,
                    e.reason() == RefusedTargetException.Reason.UNRESOLVED ? "unresolved" : "address-not-allowed",
                    null,
                    e);
        } catch (TimeoutException e) {
            throw new MailServerException(Kind.SERVER, "timeout", null, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MailServerException told) {
                throw told;
            }
            throw new MailServerException(Kind.SERVER, "unreachable", null, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MailServerException(Kind.MAILBOX, "interrupted", null, e);
        }
    }

    private static RequestOptions options(
            OutboundTarget target, HttpMethod method, Map<String, String> login, Duration timeout) {
        RequestOptions options = GuardedRequest.to(target, method)
                .setTimeout(timeout.toMillis())
                .putHeader("User-Agent", "Postern")
                .putHeader("Accept", ACCEPT);
        if (method.equals(HttpMethod.POST)) {
            options.putHeader("Content-Type", "application/json");
        }
        login.forEach(options::putHeader);
        return options;
    }

    private static Future<Answer> read(HttpClientResponse response, @Nullable OutputStream to) {
        // Of an answer that is not read to its end nobody wants to hear that it was cut off.
        response.exceptionHandler(cut -> {});
        int status = response.statusCode();
        String location = response.getHeader("Location");
        if (status >= 300 && status < 400 && location != null && to == null) {
            response.request().reset();
            return Future.succeededFuture(new Answer(location, Buffer.buffer()));
        }
        if (status != 200) {
            response.request().reset();
            return Future.failedFuture(meaning(status, response.getHeader("Retry-After")));
        }
        Promise<Answer> answer = Promise.promise();
        Buffer all = Buffer.buffer();
        response.handler(part -> {
            if (to != null) {
                write(part, to);
            } else if (all.length() + part.length() > MOST_ANSWER) {
                answer.tryFail(new MailServerException(Kind.MAILBOX, "answer-too-large"));
                response.request().reset();
            } else {
                all.appendBuffer(part);
            }
        });
        response.exceptionHandler(answer::tryFail);
        response.endHandler(end -> answer.tryComplete(new Answer(null, all)));
        return answer.future();
    }

    /** What answers mean that are none (RFC 9110, 15; RFC 6585, 4). */
    private static MailServerException meaning(int status, @Nullable String retryAfter) {
        Kind kind = status == 400 || status == 404 || status == 413 ? Kind.MAILBOX : Kind.SERVER;
        return new MailServerException(kind, "status-" + status, RetryAfter.of(retryAfter, Instant.now()), null);
    }

    private static void write(Buffer part, OutputStream to) {
        try {
            to.write(part.getBytes());
        } catch (IOException e) {
            throw new IllegalStateException("a stream in memory takes everything", e);
        }
    }

    private static JsonNode json(Answer answer) throws MailServerException {
        try {
            return JSON.readTree(answer.body().getBytes());
        } catch (JsonProcessingException e) {
            throw new MailServerException(Kind.SERVER, "no-json");
        } catch (IOException e) {
            throw new MailServerException(Kind.SERVER, "no-json", null, e);
        }
    }

    /** What the server named, seen from where we were. */
    static URI resolved(URI base, String text) throws MailServerException {
        try {
            return base.resolve(text);
        } catch (IllegalArgumentException e) {
            throw new MailServerException(Kind.SERVER, "session-malformed");
        }
    }

    private static String originOf(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        int port = url.getPort() == -1 ? scheme.equals("https") ? 443 : 80 : url.getPort();
        return scheme + "://" + String.valueOf(url.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
    }

    @Override
    public void close() {
        client.close();
    }
}
