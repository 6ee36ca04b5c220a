package org.postern.gateway.proxy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** The body of a call that the door answers itself: as a whole, since it is small. */
final class SmallBody {
    static final int LARGEST = 64 * 1024;

    private SmallBody() {}

    /** Reads it; fails where it is larger than 64 KiB or breaks off. */
    static Future<Buffer> of(HttpServerRequest request) {
        Promise<Buffer> whole = Promise.promise();
        Buffer body = Buffer.buffer();
        request.exceptionHandler(whole::tryFail);
        request.handler(part -> {
            if (body.length() + part.length() > LARGEST) {
                whole.tryFail("larger than 64 KiB");
            } else {
                body.appendBuffer(part);
            }
        });
        request.endHandler(end -> whole.tryComplete(body));
        request.resume();
        return whole.future();
    }
}
