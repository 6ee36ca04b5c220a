package org.postern.gateway.proxy;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, and how a service that is asked by HTTP/1.1 is told where it ends: by the length that was
 * announced, or in chunks where none was, or that there is none (RFC 9112, section 6.3). Over HTTP/2 a request need not say
 * whether it has a body, nor how long that is: there is none where none has a meaning.
 */
final class RequestBody {
    private static final long CHUNKED = -1;

    private final HttpServerRequest client;
    /** In bytes, or {@link #CHUNKED}. */
    private final long length;
    /** Whether it said a length, be it zero. */
    private final boolean announced;

    private final LimitedBody bytes;

    private RequestBody(HttpServerRequest client, long length, boolean announced, long limit) {
        this.client = client;
        this.length = length;
        this.announced = announced;
        this.bytes = new LimitedBody(client, length == CHUNKED ? limit : length);
    }

    /**
     * That of a request.
     *
     * @param limit the largest, in bytes, also of one that announces no length
     * @return null where it cannot be told where it ends
     */
    static @Nullable RequestBody of(HttpServerRequest client, long limit) {
        MultiMap headers = client.headers();
        boolean chunked = headers.contains(HttpHeaders.TRANSFER_ENCODING);
        if (chunked && !isPassable(headers)) {
            return null;
        }
        String announced = headers.get(HttpHeaders.CONTENT_LENGTH);
        if (announced != null) {
            long length = length(announced);
            return chunked || length < 0 ? null : new RequestBody(client, length, true, limit);
        }
        boolean unsaid = client.version() == HttpVersion.HTTP_2 && !isWithoutMeaning(client);
        return new RequestBody(client, chunked || unsaid ? CHUNKED : 0, false, limit);
    }

    private static boolean isPassable(MultiMap headers) {
        for (String encoding : headers.getAll(HttpHeaders.TRANSFER_ENCODING)) {
            if (!encoding.equals("chunked")) {
                return false;
            }
        }
        return true;
    }

    private static long length(String announced) {
        try {
            return Long.parseLong(announced);
        } catch (NumberFormatException e) {
            return CHUNKED;
        }
    }

    private static boolean isWithoutMeaning(HttpServerRequest client) {
        return switch (client.method().name()) {
            case "GET", "HEAD" -> true;
            default -> false;
        };
    }

    /** Whether a request may be sent once more where a connection broke off: it is a question, and nothing of it is lost. */
    boolean isRepeatable() {
        return length == 0 && isWithoutMeaning(client);
    }

    /** Whether more came than may. */
    boolean isTooLong() {
        return bytes.isTooLong();
    }

    /** Begins to pass it on, and resets the request to the service where it breaks off. */
    void passTo(HttpClientRequest service) {
        if (announced) {
            service.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(length));
        }
        if (length == 0) {
            Answers.letGoBy(client);
            service.end();
            return;
        }
        service.setChunked(length == CHUNKED);
        Future<Void> passed = bytes.pipe().endOnFailure(false).to(service);
        passed.onFailure(failure -> service.reset());
    }
}
