package org.postern.push.webpush;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.outbound.BoundedNames;
import org.postern.outbound.NameResolver;
import org.postern.outbound.Network;
import org.postern.outbound.OutboundGuard;
import org.postern.push.PushSecrets;
import org.postern.push.delivery.PushSender;
import org.postern.push.delivery.PushSenderContract;
import org.postern.push.delivery.SendResult;
import org.postern.push.subscription.Destination;
import org.postern.testsupport.PushDevice;

/** A push service that may be anybody's: whoever subscribes names it. */
class WebPushSenderTest implements PushSenderContract {
    private static final long MANY_BYTES = 64L * 1024 * 1024;

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final PushDevice device = new PushDevice();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;
    private volatile Answer answer = Answer.TAKEN;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::take);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        vertx.close();
    }

    private void take(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        switch (answer) {
            case TAKEN -> exchange.sendResponseHeaders(201, -1);
            case GONE -> exchange.sendResponseHeaders(410, -1);
            case BUSY -> {
                exchange.getResponseHeaders().add("Retry-After", "120");
                exchange.sendResponseHeaders(429, -1);
            }
            case BROKEN -> exchange.sendResponseHeaders(502, -1);
            case SILENT -> {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
        exchange.close();
    }

    @Override
    public PushSender sender() {
        try {
            return new WebPushSender(
                    PushClients.of(vertx),
                    new OutboundGuard(
                            new BoundedNames(NameResolver.system(), Duration.ofSeconds(2)),
                            List.of(Network.of("127.0.0.0/8"))),
                    VapidKeys.ofFile(
                            Files.writeString(folder.resolve("vapid.pem"), PushSecrets.vapidKeys()),
                            Optional.empty(),
                            Clock.systemUTC()),
                    PushEncryption.ofPlatform(),
                    Duration.ofHours(24),
                    Duration.ofSeconds(5),
                    Clock.systemUTC());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Destination device() {
        return at(server.getAddress().getPort());
    }

    @Override
    public Destination none() {
        return new Destination.WebPush("https://10.0.0.1/" + SECRET, device.p256dh(), device.auth());
    }

    @Override
    public void answer(Answer answer) {
        this.answer = answer;
    }

    @Test
    void anAnswerThatGoesOnForEverIsCutOff() throws Exception {
        CompletableFuture<Long> written = new CompletableFuture<>();
        try (ServerSocket endless = answering(
                "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n",
                socket -> written.complete(pour(socket)))) {
            assertThat(sender().send(
                                    PushSenderContract.subscription(at(endless.getLocalPort())),
                                    PushSenderContract.content()))
                    .isEqualTo(new SendResult.Delivered());
            assertThat(written.get(20, TimeUnit.SECONDS)).isLessThan(MANY_BYTES);
        }
    }

    @Test
    void anAnswerThatNeverEndsHoldsNoConnectionForEver() throws Exception {
        CompletableFuture<Integer> last = new CompletableFuture<>();
        try (ServerSocket dripping = answering(
                "HTTP/1.1 201 Created\r\nContent-Length: 1000\r\n\r\nx",
                socket -> last.complete(socket.getInputStream().read()))) {
            assertThat(sender().send(
                                    PushSenderContract.subscription(at(dripping.getLocalPort())),
                                    PushSenderContract.content()))
                    .isEqualTo(new SendResult.Delivered());
            assertThat(last.get(20, TimeUnit.SECONDS))
                    .as("the end of the connection")
                    .isEqualTo(-1);
        }
    }

    @Test
    void aHeadThatDripsIsGivenUpWithItsConnection() throws Exception {
        CompletableFuture<Long> dripped = new CompletableFuture<>();
        try (ServerSocket dripping =
                answering("HTTP/1.1 201 Created\r\nX-Drip: ", socket -> dripped.complete(drip(socket)))) {
            assertThat(sender().send(
                                    PushSenderContract.subscription(at(dripping.getLocalPort())),
                                    PushSenderContract.content()))
                    .isInstanceOf(SendResult.TryLater.class);
            assertThat(dripped.get(20, TimeUnit.SECONDS)).isLessThan(1_000);
        }
    }

    private Destination.WebPush at(int port) {
        return new Destination.WebPush("http://127.0.0.1:" + port + "/endpoint", device.p256dh(), device.auth());
    }

    private interface Afterwards {
        void with(Socket socket) throws IOException;
    }

    /** Answers the first request by these bytes, and goes on from there. */
    private static ServerSocket answering(String head, Afterwards afterwards) throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(() -> {
            try (Socket socket = server.accept()) {
                readRequest(socket);
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
                afterwards.with(socket);
            } catch (IOException e) {
                // Ended by the test, or as the test wants.
            }
        });
        return server;
    }

    private static void readRequest(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) socket.getInputStream().read());
        }
        String length = head.toString().replaceFirst("(?is).*content-length: *([0-9]+).*", "$1");
        socket.getInputStream().readNBytes(Integer.parseInt(length));
    }

    /** How much could be written before the other side had enough. */
    private static long pour(Socket socket) {
        byte[] part = ("2000\r\n" + "x".repeat(0x2000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        long written = 0;
        try {
            OutputStream out = socket.getOutputStream();
            while (written < MANY_BYTES) {
                out.write(part);
                written += part.length;
            }
        } catch (IOException e) {
            // As it should be.
        }
        return written;
    }

    private static long drip(Socket socket) {
        long drops = 0;
        try {
            socket.setSoTimeout(50);
            while (drops < 1_000) {
                socket.getOutputStream().write('x');
                drops++;
                if (isClosed(socket)) {
                    break;
                }
            }
        } catch (IOException e) {
            // As it should be.
        }
        return drops;
    }

    /** Waits for a moment. */
    private static boolean isClosed(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        }
    }
}
