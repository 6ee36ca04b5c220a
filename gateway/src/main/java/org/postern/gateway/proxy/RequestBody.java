package org.postern.gateway.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * Where the body of a request ends, which a service that is asked by HTTP/1.1 must be told (RFC 9112, section 6.3): at the
 * length that was announced, with its last chunk, or at once. Over HTTP/2 a request need not say whether it has a body, nor
 * how long that is: there is none where none has a meaning.
 */
final class RequestBody {
    private static final String CHUNKED = "chunked";

    private RequestBody() {}

    /** Whether it can be told where it ends. */
    static boolean hasEnd(HttpServerRequest request) {
        MultiMap headers = request.headers();
        if (headers.contains(HttpHeaders.TRANSFER_ENCODING)) {
            return isChunked(headers) && !headers.contains(HttpHeaders.CONTENT_LENGTH);
        }
        String announced = headers.get(HttpHeaders.CONTENT_LENGTH);
        return announced == null || length(announced) >= 0;
    }

    private static boolean isChunked(MultiMap headers) {
        return headers.getAll(HttpHeaders.TRANSFER_ENCODING).stream().allMatch(CHUNKED::equals);
    }

    private static long length(String announced) {
        try {
            return Long.parseLong(announced);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Whether there is none, of one that has an end. */
    static boolean isNone(HttpServerRequest request) {
        MultiMap headers = request.headers();
        String announced = headers.get(HttpHeaders.CONTENT_LENGTH);
        if (announced != null) {
            return length(announced) == 0;
        }
        return !headers.contains(HttpHeaders.TRANSFER_ENCODING)
                && (request.version() != HttpVersion.HTTP_2 || isQuestion(request));
    }

    /** Whether it comes in pieces whose number nobody said, of one that has an end. */
    static boolean isEndless(HttpServerRequest request) {
        return !request.headers().contains(HttpHeaders.CONTENT_LENGTH) && !isNone(request);
    }

    /** Says to whoever passes it on that it comes in chunks; over HTTP/2 nobody says so. */
    static void sayChunked(HttpServerRequest request) {
        request.headers().set(HttpHeaders.TRANSFER_ENCODING, CHUNKED);
    }

    /** Whether a request asks only, so that it may be sent once more where that is not known to have arrived. */
    static boolean isQuestion(HttpServerRequest request) {
        return switch (request.method().name()) {
            case "GET", "HEAD" -> true;
            default -> false;
        };
    }
}
