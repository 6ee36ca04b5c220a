package org.postern.message.milter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;
import org.postern.message.desk.Admission;
import org.postern.message.desk.Desk;
import org.postern.message.desk.SmtpAnswers;
import org.postern.message.metrics.PortMetrics;
import org.postern.message.metrics.PortMetrics.Hangup;
import org.postern.message.stamp.Stamps;
import org.postern.outbound.Network;

/**
 * Listens for mail servers. Each connection has a virtual thread, and each message another while it is taken in: whoever
 * waits holds no thread of the system.
 */
public final class MilterServer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(MilterServer.class);
    private static final int BACKLOG = 512;

    private final Desk desk;
    private final Stamps stamps;
    private final SmtpAnswers answers;
    private final MilterTerms terms;
    private final Admission<SocketChannel> admission;
    private final PortMetrics metrics;
    private final ServerSocketChannel listener;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    private MilterServer(
            ServerSocketChannel listener,
            Desk desk,
            Stamps stamps,
            MilterTerms terms,
            Admission<SocketChannel> admission,
            PortMetrics metrics) {
        this.listener = listener;
        this.desk = desk;
        this.stamps = stamps;
        this.answers = new SmtpAnswers(terms.hold());
        this.terms = terms;
        this.admission = admission;
        this.metrics = metrics;
        metrics.watch(admission.connections());
    }

    /**
     * Listens from here on.
     *
     * @param address where; port 0 is any that is free
     * @param allowed who may connect
     * @param mostConnections more are hung up on at once
     * @throws UncheckedIOException where the port cannot be had
     */
    public static MilterServer listen(
            InetSocketAddress address,
            Desk desk,
            Stamps stamps,
            MilterTerms terms,
            List<Network> allowed,
            int mostConnections,
            PortMetrics metrics) {
        try {
            ServerSocketChannel listener = ServerSocketChannel.open();
            listener.bind(address, BACKLOG);
            Admission<SocketChannel> admission = new Admission<>("postern.milter", allowed, mostConnections);
            MilterServer server = new MilterServer(listener, desk, stamps, terms, admission, metrics);
            server.executor.execute(server::accept);
            LOG.infof("listening for mail servers on port %d", server.port());
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("the milter port " + address.getPort() + " cannot be had", e);
        }
    }

    /** The port. */
    public int port() {
        return listener.socket().getLocalPort();
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                serve(listener.accept());
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                // Out of file descriptors, for instance: the next may find one again.
                LOG.warnf("a mail server could not be let in: %s", e.getMessage());
                pause();
            }
        }
    }

    private void serve(SocketChannel connection) throws IOException {
        InetAddress from = ((InetSocketAddress) connection.getRemoteAddress()).getAddress();
        switch (admission.admit(connection, from)) {
            case ADMITTED -> converse(connection);
            case STRANGER -> hangUp(connection, Hangup.STRANGER);
            case FULL -> hangUp(connection, Hangup.FULL);
        }
    }

    private void hangUp(SocketChannel connection, Hangup why) throws IOException {
        metrics.hungUp(why);
        connection.close();
    }

    private void converse(SocketChannel connection) {
        executor.execute(() -> {
            try {
                PacketLine line = new PacketLine(connection, terms.idle());
                new MilterSession(line, desk, stamps, answers, terms, executor, metrics).run();
            } catch (IOException e) {
                LOG.debugf(
                        "a connection ended before it began: %s", e.getClass().getSimpleName());
            } finally {
                admission.left(connection);
            }
        });
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Hangs up on everybody. What was not answered comes again. */
    @Override
    public void close() {
        try {
            listener.close();
            for (SocketChannel connection : admission.connections()) {
                connection.close();
            }
        } catch (IOException e) {
            LOG.debugf("a connection could not be closed: %s", e.getClass().getSimpleName());
        }
        executor.shutdownNow();
    }
}
