package org.postern.gateway.call;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.postern.gateway.answer.Answers;

/** The body of a call that the door answers itself: as a whole, since it is small. */
final class SmallBody {
    private static final int LARGEST = 64 * 1024;

    private SmallBody() {}

    /** Reads it; where it is larger than 64 KiB that is the answer. */
    static void take(RoutingContext context, Handler<Buffer> taken) {
        of(context.request())
                .onSuccess(taken)
                .onFailure(failure -> Answers.problem(
                        context.response(), Answers.tooLarge(LARGEST), Answers.closing(context.request())));
    }

    private static Future<Buffer> of(HttpServerRequest request) {
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
