package org.postern.benchmarks.push;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A push service that takes everything, and keeps what goes to one endpoint. */
final class Sink implements AutoCloseable {
    private static final int CREATED = 201;

    private final Vertx vertx;
    private final HttpServer server;
    private final AtomicInteger pushes = new AtomicInteger();
    private final Queue<byte[]> kept = new ConcurrentLinkedQueue<>();

    Sink() {
        this.vertx = Vertx.vertx();
        this.server = vertx.createHttpServer()
                .requestHandler(this::take)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private void take(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            if (request.path().equals("/kept")) {
                kept.add(body.getBytes());
            }
            pushes.incrementAndGet();
            request.response().setStatusCode(CREATED).end();
        });
    }

    Vertx vertx() {
        return vertx;
    }

    String origin() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    int pushes() {
        return pushes.get();
    }

    /** The bodies that went to {@code /kept}, in order. */
    Queue<byte[]> kept() {
        return kept;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
