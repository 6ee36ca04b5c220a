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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.postern.engine.Deadline;
import org.postern.spam.Body;
import org.postern.spam.rspamd.RspamdHeaders.Header;

/** Sends a mail to a worker of Rspamd and takes its answer, a connection for each: Rspamd closes it after its answer. */
final class Exchange {
    /** An answer is a few KiB; of a mail with very many links, some more. */
    private static final long LONGEST_ANSWER = 4 * 1024 * 1024;

    private final HttpClient client;

    Exchange(HttpClient client) {
        this.client = client;
    }

    /**
     * Sends a mail.
     *
     * @throws IOException the exception of the body's own stream, unchanged
     * @throws RspamdException where there is no whole HTTP answer to the whole mail
     */
    HttpResponse<byte[]> send(URI to, List<Header> headers, Body mail, Deadline deadline)
            throws IOException, InterruptedException, RspamdException {
        try (WatchedBody body = new WatchedBody(mail)) {
            return send(request(to, headers, body, mail.size()), body, deadline);
        }
    }

    private static HttpRequest request(URI to, List<Header> headers, WatchedBody body, long size) {
        BodyPublisher bytes = BodyPublishers.ofInputStream(body::open);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(to).POST(size > 0 ? BodyPublishers.fromPublisher(bytes, size) : bytes);
        headers.forEach(header -> request.header(header.name(), header.value()));
        return request.build();
    }

    private HttpResponse<byte[]> send(HttpRequest request, WatchedBody body, Deadline deadline)
            throws IOException, InterruptedException, RspamdException {
        if (deadline.isOver()) {
            // Not sent at all: an answer could be quicker than the look at the clock, and too late all the same.
            throw RspamdException.late();
        }
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
            if (isNoContent(e.getCause())) {
                throw RspamdException.noContent(e);
            }
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

    /** Rspamd 3.4 announces a content with its 204, which the HTTP client takes for a broken answer. */
    private static boolean isNoContent(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (cause instanceof IOException && message != null && message.endsWith(" 204 response")) {
                return true;
            }
        }
        return false;
    }
}
