package org.postern.gateway.proxy;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/** A body whose length nobody announced. It fails when it is longer than the limit, and nothing of it is passed on then. */
final class LimitedBody implements ReadStream<Buffer> {
    private final ReadStream<Buffer> body;
    private final long limit;
    private long seen;
    private @Nullable Handler<Throwable> failed;

    LimitedBody(ReadStream<Buffer> body, long limit) {
        this.body = body;
        this.limit = limit;
    }

    /** Whether it was longer than the limit. */
    boolean isTooLong() {
        return seen > limit;
    }

    @Override
    public LimitedBody handler(@Nullable Handler<Buffer> handler) {
        body.handler(handler == null ? null : buffer -> take(buffer, handler));
        return this;
    }

    private void take(Buffer buffer, Handler<Buffer> handler) {
        boolean before = isTooLong();
        seen += buffer.length();
        if (!isTooLong()) {
            handler.handle(buffer);
        } else if (!before && failed != null) {
            failed.handle(new BodyTooLongException());
        }
    }

    @Override
    public LimitedBody exceptionHandler(@Nullable Handler<Throwable> handler) {
        failed = handler;
        body.exceptionHandler(handler);
        return this;
    }

    @Override
    public LimitedBody pause() {
        body.pause();
        return this;
    }

    @Override
    public LimitedBody resume() {
        body.resume();
        return this;
    }

    @Override
    public LimitedBody fetch(long amount) {
        body.fetch(amount);
        return this;
    }

    @Override
    public LimitedBody endHandler(@Nullable Handler<Void> handler) {
        body.endHandler(handler);
        return this;
    }

    private static final class BodyTooLongException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BodyTooLongException() {
            super("the body is longer than the limit", null, false, false);
        }
    }
}
