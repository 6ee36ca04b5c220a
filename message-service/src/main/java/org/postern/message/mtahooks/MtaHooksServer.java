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
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.postern.message.SmtpAnswers;
import org.postern.message.desk.ComposeAnswer;
import org.postern.message.desk.Desk;
import org.postern.message.mtahooks.MtaHooksMetrics.Hangup;
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
    private final MtaHooksMetrics metrics;
    private final HttpServer server;
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean full = new AtomicBoolean();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    private MtaHooksServer(Vertx vertx, Desk desk, Stamps stamps, MtaHooksTerms terms, MtaHooksMetrics metrics) {
        this.vertx = vertx;
        this.desk = desk;
        this.stamps = stamps;
        // What is quarantined is always kept by us: a mail server's own quarantine is not one that holds.
        this.compose =
                new ComposeAnswer(new SmtpAnswers(false), stamps, terms.desk().shadow());
        this.terms = terms;
        this.metrics = metrics;
        metrics.watch(connections);
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
            MtaHooksMetrics metrics) {
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
        if (!isAllowed(connection)) {
            LOG.warn("somebody who is not a mail server of ours is hung up on; see postern.mta-hooks.allowed-networks");
            metrics.hungUp(Hangup.STRANGER);
            connection.close();
            return;
        }
        if (connections.size() >= terms.mostConnections()) {
            if (!full.getAndSet(true)) {
                LOG.warnf("there are %d connections for MTA Hooks, which is the most", terms.mostConnections());
            }
            metrics.hungUp(Hangup.FULL);
            connection.close();
            return;
        }
        full.set(false);
        connections.add(connection);
        connection.closeHandler(closed -> connections.remove(connection));
    }

    private boolean isAllowed(HttpConnection connection) {
        try {
            // A literal: it is parsed, not resolved.
            InetAddress from = InetAddress.getByName(connection.remoteAddress().hostAddress());
            return terms.allowed().stream().anyMatch(network -> network.contains(from));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private void requested(HttpServerRequest request) {
        if (!connections.contains(request.connection())) {
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
