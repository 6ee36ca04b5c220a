package org.postern.message.siem;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Lines to a syslog collector: RFC 5424 messages over TCP with octet counting (RFC 6587, section 3.4.1), with TLS as in
 * RFC 5425 where it is wanted. The protocol has no answer: what was sent when a collector dies may be lost in its buffers.
 * Whether it has closed the connection is looked at after each batch, before the batch counts as sent.
 */
public final class SyslogSink implements LineSink {
    /** Facility 10, security and authorization messages (RFC 5424, section 6.2.1), times 8. */
    private static final int FACILITY = 10 * 8;

    private static final String APPLICATION = "postern";
    private static final int PEEK_MILLIS = 1;

    private final String host;
    private final int port;
    private final @Nullable SSLSocketFactory tls;
    private final Duration timeout;
    private final String hostName;
    private @Nullable Socket socket;

    /**
     * @param tls makes a connection one with TLS, and decides whom to trust; null for none
     * @param timeout of connecting, and of a write that the collector does not take
     * @param hostName what the messages name as their origin
     */
    public SyslogSink(String host, int port, @Nullable SSLSocketFactory tls, Duration timeout, String hostName) {
        this.host = host;
        this.port = port;
        this.tls = tls;
        this.timeout = timeout;
        this.hostName = hostName;
    }

    @Override
    public void write(List<Line> lines) throws IOException {
        boolean sent = false;
        try {
            Socket connected = connected();
            OutputStream out = new BufferedOutputStream(connected.getOutputStream());
            for (Line line : lines) {
                byte[] message = message(line).getBytes(StandardCharsets.UTF_8);
                out.write((message.length + " ").getBytes(StandardCharsets.US_ASCII));
                out.write(message);
            }
            out.flush();
            assureOpen(connected);
            sent = true;
        } finally {
            if (!sent) {
                close();
            }
        }
    }

    private String message(Line line) {
        Severity severity =
                Severity.of(line.event().topic(), Facts.of(line.event()).bad());
        return "<" + (FACILITY + severity.syslog()) + ">1 "
                + line.event().at().truncatedTo(ChronoUnit.MILLIS) + " " + hostName + " " + APPLICATION + " - "
                + line.event().topic().topicName() + " - " + line.text();
    }

    private Socket connected() throws IOException {
        Socket open = socket;
        if (open != null) {
            assureOpen(open);
            return open;
        }
        Socket plain = new Socket();
        boolean usable = false;
        try {
            plain.connect(new InetSocketAddress(host, port), Math.toIntExact(timeout.toMillis()));
            plain.setSoTimeout(Math.toIntExact(timeout.toMillis()));
            plain.setKeepAlive(true);
            Socket connected = tls == null ? plain : secured(plain, tls);
            connected.setSoTimeout(PEEK_MILLIS);
            socket = connected;
            usable = true;
            return connected;
        } finally {
            if (!usable) {
                plain.close();
            }
        }
    }

    private SSLSocket secured(Socket plain, SSLSocketFactory factory) throws IOException {
        SSLSocket secured = (SSLSocket) factory.createSocket(plain, host, port, true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    /** A collector says nothing; where there is something to read it is the end. */
    private static void assureOpen(Socket connected) throws IOException {
        InputStream in = connected.getInputStream();
        try {
            if (in.read() < 0) {
                throw new IOException("the collector has closed the connection");
            }
        } catch (SocketTimeoutException e) {
            // Open, and silent, as it should be.
        }
    }

    @Override
    public void close() {
        Socket open = socket;
        socket = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It is gone already.
            }
        }
    }
}
