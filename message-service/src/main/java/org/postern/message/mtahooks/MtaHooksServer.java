package org.postern.message.mtahooks;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postern.message.desk.Admission;
import org.postern.message.desk.ComposeAnswer;
import org.postern.message.desk.Desk;
import org.postern.message.desk.SmtpAnswers;
import org.postern.message.metrics.PortMetrics;
import org.postern.message.metrics.PortMetrics.Hangup;
import org.postern.message.stamp.Stamps;

/** Listens for mail servers that speak MTA Hooks. Bytes come by an event loop; each request has a virtual thread. */
public final class MtaHooksServer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(MtaHooksServer.class);
    private static final int BACKLOG = 512;
    private static final int LONGEST_REQUEST_LINE = 2048;
    private static final int LONGEST_HEADERS = 16 * 1024;

    private final Vertx vertx;
    private final Desk desk;
    private final Stamps stamps;
    private final ComposeAnswer compose;
    private final MtaHooksTerms terms;
    private final PortMetrics metrics;
    private final HttpServer server;
    private final Admission<HttpConnection> admission;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    private MtaHooksServer(Vertx vertx, Desk desk, Stamps stamps, MtaHooksTerms terms, PortMetrics metrics) {
        this.vertx = vertx;
        this.desk = desk;
        this.stamps = stamps;
        // What is quarantined is always kept by us: a mail server's own quarantine is not one that holds.
        this.compose =
                new ComposeAnswer(new SmtpAnswers(false), stamps, terms.desk().shadow());
        this.terms = terms;
        this.metrics = metrics;
        this.admission = new Admission<>("postern.mta-hooks", terms.allowed(), terms.mostConnections());
        metrics.watch(admission.connections());
        this.server = vertx.createHttpServer(options(terms))
                .connectionHandler(this::connected)
                .requestHandler(this::requested);
    }

    private static HttpServerOptions options(MtaHooksTerms terms) {
        return new HttpServerOptions()
                .setAcceptBacklog(BACKLOG)
                .setIdleTimeout((int) Math.max(1, terms.idle().toSeconds()))
                .setMaxInitialLineLength(LONGEST_REQUEST_LINE)
                .setMaxHeaderSize(LONGEST_HEADERS)
                .setHttp2ClearTextEnabled(false)
                .setHandle100ContinueAutomatically(true)
                .setDecompressionSupported(false)
                .setTcpKeepAlive(true);
    }

    /**
     * Listens from here on.
     *
     * @param address where; port 0 is any that is free
     * @throws IllegalStateException where the port cannot be had
     */
    public static MtaHooksServer listen(
            Vertx vertx,
            InetSocketAddress address,
            Desk desk,
            Stamps stamps,
            MtaHooksTerms terms,
            PortMetrics metrics) {
        MtaHooksServer server = new MtaHooksServer(vertx, desk, stamps, terms, metrics);
        try {
            server.server
                    .listen(SocketAddress.inetSocketAddress(address))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw new IllegalStateException("the port for MTA Hooks " + address.getPort() + " cannot be had", e);
        }
        LOG.infof("listening for MTA Hooks on port %d", server.port());
        return server;
    }

    /** The port. */
    public int port() {
        return server.actualPort();
    }

    private void connected(HttpConnection connection) {
        InetAddress from = from(connection);
        switch (from == null ? Admission.Answer.STRANGER : admission.admit(connection, from)) {
            case ADMITTED -> connection.closeHandler(closed -> admission.left(connection));
            case STRANGER -> hangUp(connection, Hangup.STRANGER);
            case FULL -> hangUp(connection, Hangup.FULL);
        }
    }

    private void hangUp(HttpConnection connection, Hangup why) {
        metrics.hungUp(why);
        connection.close();
    }

    private static @Nullable InetAddress from(HttpConnection connection) {
        try {
            // A literal: it is parsed, not resolved.
            return InetAddress.getByName(connection.remoteAddress().hostAddress());
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private void requested(HttpServerRequest request) {
        if (!admission.has(request.connection())) {
            // One that was hung up on may have been quicker to ask.
            request.connection().close();
            return;
        }
        RequestBody body = RequestBody.of(request, terms.mostBytes());
        long late = vertx.setTimer(terms.bodyWithin().toMillis(), timer -> {
            if (!body.hasArrived()) {
                request.connection().close();
                body.breakOff();
            }
        });
        HookCall call =
                new HookCall(request, body, desk, compose, stamps.foreignByExactName(), terms, executor, metrics);
        executor.execute(() -> {
            try {
                call.run();
            } finally {
                vertx.cancelTimer(late);
            }
        });
    }

    /** Hangs up on everybody. What was not answered comes again. */
    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
        executor.shutdownNow();
    }
}
