package org.postern.message.siem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.events.codec.Topic;
import org.postern.message.outlet.OutletUnavailableException;
import org.postern.message.outlet.ToldEvent;

/** Against a collector that reads what RFC 6587 says it should. */
class SyslogSinkTest {
    @TempDir
    Path folder;

    @Test
    void aMessageIsCountedAndHasItsSeverityTimeAndName() throws Exception {
        try (Collector collector = new Collector(null);
                SyslogSink sink = sink(collector, null)) {
            new ExportEvents(new JsonLine(), sink)
                    .take(List.of(
                            SiemLinesTest.event(Topic.MAIL_RECALLED, "{\"a\":\"\u00e9\"}"),
                            SiemLinesTest.event(Topic.MAIL_AUDIT, "{}")));

            assertThat(collector.next())
                    .isEqualTo("<84>1 2025-11-29T16:00:00Z mx.example.org postern - mail.recalled.v1 - "
                            + "{\"id\":\"5f0c2b1e-0000-5000-8000-000000000001\",\"data\":{\"a\":\"\u00e9\"}}");
            assertThat(collector.next()).startsWith("<85>1 ");
        }
    }

    @Test
    void aCollectorThatComesBackGetsWhatItMissed() throws Exception {
        Collector collector = new Collector(null);
        SyslogSink sink = sink(collector, null);
        ExportEvents export = new ExportEvents(new CefLine("1"), sink);
        List<ToldEvent> events = List.of(SiemLinesTest.event(Topic.MAIL_AUDIT, "{}"));
        export.take(events);
        assertThat(collector.next()).contains("CEF:0|Postern|");

        collector.close();
        assertThatThrownBy(() -> export.take(events)).isInstanceOf(OutletUnavailableException.class);
        assertThatThrownBy(() -> export.take(events)).isInstanceOf(OutletUnavailableException.class);

        try (Collector again = new Collector(null, collector.port())) {
            export.take(events);
            assertThat(again.next()).contains("CEF:0|Postern|");
        }
        sink.close();
    }

    @Test
    void aCollectorIsTrustedByItsCertificateOnly() throws Exception {
        SSLContext theirs = context("localhost");
        SSLContext others = context("localhost");
        try (Collector collector = new Collector(theirs);
                SyslogSink trusting = sink(collector, theirs.getSocketFactory());
                SyslogSink untrusting = sink(collector, others.getSocketFactory())) {
            List<ToldEvent> events = List.of(SiemLinesTest.event(Topic.MAIL_AUDIT, "{}"));

            new ExportEvents(new JsonLine(), trusting).take(events);

            assertThat(collector.next()).startsWith("<85>1 ");
            assertThatThrownBy(() -> new ExportEvents(new JsonLine(), untrusting).take(events))
                    .isInstanceOf(OutletUnavailableException.class);
        }
    }

    @Test
    void aCertificateOfAnotherHostIsNotTrusted() throws Exception {
        SSLContext another = context("another.example");
        try (Collector collector = new Collector(another);
                SyslogSink sink = sink(collector, another.getSocketFactory())) {
            assertThatThrownBy(() -> new ExportEvents(new JsonLine(), sink)
                            .take(List.of(SiemLinesTest.event(Topic.MAIL_AUDIT, "{}"))))
                    .isInstanceOf(OutletUnavailableException.class);
        }
    }

    private static SyslogSink sink(Collector collector, @Nullable SSLSocketFactory tls) {
        return new SyslogSink("localhost", collector.port(), tls, Duration.ofSeconds(10), "mx.example.org");
    }

    /** Has a certificate of that host, and trusts that one alone. */
    private SSLContext context(String host) throws Exception {
        Path file = folder.resolve(host + System.nanoTime() + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "collector",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + host,
                        "-ext",
                        "san=dns:" + host,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().readAllBytes();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("collector", keys.getCertificate("collector"));
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static final class Collector implements AutoCloseable {
        private final ServerSocket server;
        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final List<Socket> sockets = new CopyOnWriteArrayList<>();

        Collector(@Nullable SSLContext tls) throws IOException {
            this(tls, 0);
        }

        Collector(@Nullable SSLContext tls, int port) throws IOException {
            InetAddress loopback = InetAddress.getByName("localhost");
            server = tls == null
                    ? new ServerSocket(port, 5, loopback)
                    : tls.getServerSocketFactory().createServerSocket(port, 5, loopback);
            Thread.startVirtualThread(() -> {
                while (!server.isClosed()) {
                    try {
                        Socket socket = server.accept();
                        sockets.add(socket);
                        Thread.startVirtualThread(() -> read(socket));
                    } catch (IOException e) {
                        // Closed.
                    }
                }
            });
        }

        private void read(Socket socket) {
            try {
                InputStream in = socket.getInputStream();
                StringBuilder count = new StringBuilder();
                for (int b = in.read(); b >= 0; b = in.read()) {
                    if (b == ' ') {
                        messages.add(
                                new String(in.readNBytes(Integer.parseInt(count.toString())), StandardCharsets.UTF_8));
                        count.setLength(0);
                    } else {
                        count.append((char) b);
                    }
                }
            } catch (IOException | NumberFormatException e) {
                // Not a client of ours, or one that is gone.
            }
        }

        int port() {
            return server.getLocalPort();
        }

        String next() throws InterruptedException {
            return String.valueOf(messages.poll(10, TimeUnit.SECONDS));
        }

        @Override
        public void close() throws IOException {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
            await().until(server::isClosed);
        }
    }
}
