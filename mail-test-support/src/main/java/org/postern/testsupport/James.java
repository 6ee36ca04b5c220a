package org.postern.testsupport;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A real mail server that speaks JMAP: Apache James with everything in memory, in a process of its own. Mail is delivered to
 * it by LMTP. What it is made of is fetched by Maven when it is first needed.
 */
public final class James implements AutoCloseable {
    /** The domain it has mailboxes in. */
    public static final String DOMAIN = "example.org";

    /** Of every user. */
    public static final String PASSWORD = "correct horse";

    private static final long FETCH_MINUTES = 10;
    private static final Duration LONGEST_START = Duration.ofSeconds(120);

    private final HttpClient client = HttpClient.newHttpClient();
    private final int jmap = FreePorts.next();
    private final int admin = FreePorts.next();
    private final int lmtp = FreePorts.next();
    private final Process process;

    private James() throws IOException, InterruptedException {
        Path parts = fetched();
        Path home = Files.createTempDirectory("james");
        Path log = home.resolve("james.log");
        configure(home.resolve("conf"));
        process = new ProcessBuilder(
                        java("java"),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx384m",
                        "-Djava.net.preferIPv4Stack=true",
                        "-Dworking.directory=" + home,
                        "-Dlogback.configurationFile=" + home.resolve("conf/logback.xml"),
                        "-cp",
                        parts.resolve("james") + "/*",
                        folder().resolve("JamesOnLoopback.java").toString())
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            ListeningPort.await("James", jmap, process, log, LONGEST_START);
            ListeningPort.await("James", admin, process, log, LONGEST_START);
        } catch (RuntimeException e) {
            process.destroy();
            throw e;
        }
    }

    /** Starts one, with no mailboxes. */
    public static James start() {
        try {
            return new James();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Where it is asked. */
    public String url() {
        return "http://127.0.0.1:" + jmap;
    }

    /** Makes a mailbox. */
    public void user(String name) {
        manage("/users/" + name + "@" + DOMAIN, "{\"password\":\"" + PASSWORD + "\"}");
    }

    /** Lets one user into the mailbox of another. */
    public void delegate(String owner, String to) {
        manage("/users/" + owner + "@" + DOMAIN + "/authorizedUsers/" + to + "@" + DOMAIN, "");
    }

    private void manage(String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin + path))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
            if (status >= 300) {
                throw new AssertionError("James answers " + status + " to " + path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Delivers a mail, as the last mail server on its way does (RFC 2033). */
    public void deliver(String recipient, byte[] mail) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), lmtp);
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                OutputStream out = socket.getOutputStream()) {
            expect(in, "220");
            for (String command : new String[] {"LHLO localhost", "MAIL FROM:<>", "RCPT TO:<" + recipient + ">"}) {
                say(out, command);
                expect(in, "250");
            }
            say(out, "DATA");
            expect(in, "354");
            String text = new String(mail, StandardCharsets.ISO_8859_1).replace("\r\n.", "\r\n..");
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            say(out, text.endsWith("\r\n") ? "." : "\r\n.");
            expect(in, "250");
            say(out, "QUIT");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static void expect(BufferedReader in, String code) throws IOException {
        String line = in.readLine();
        while (line != null && line.startsWith(code + "-")) {
            line = in.readLine();
        }
        if (line == null || !line.startsWith(code)) {
            throw new AssertionError("James answers " + line);
        }
    }

    private void configure(Path conf) throws IOException, InterruptedException {
        Files.createDirectories(conf);
        String password = UUID.randomUUID().toString();
        try (DirectoryStream<Path> templates = Files.newDirectoryStream(folder().resolve("conf"))) {
            for (Path template : templates) {
                String text = Files.readString(template)
                        .replace("@JMAP_PORT@", Integer.toString(jmap))
                        .replace("@ADMIN_PORT@", Integer.toString(admin))
                        .replace("@LMTP_PORT@", Integer.toString(lmtp))
                        .replace("@KEYSTORE_PASSWORD@", password);
                Files.writeString(conf.resolve(template.getFileName().toString()), text);
            }
        }
        // It signs nothing for us, and does not start without a key.
        run(
                conf,
                1,
                java("keytool"),
                "-genkeypair",
                "-alias",
                "james",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                conf.resolve("keystore").toString(),
                "-storepass",
                password);
    }

    private static Path fetched() throws IOException, InterruptedException {
        Path parts = folder().resolve("target");
        Path stamp = parts.resolve("fetched");
        Path pom = folder().resolve("pom.xml");
        Files.createDirectories(parts);
        // Tests of several modules may need it at the same time.
        try (FileChannel channel =
                        FileChannel.open(parts.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            String wanted = Files.readString(pom);
            if (held.isValid()
                    && (!Files.exists(stamp) || !Files.readString(stamp).equals(wanted))) {
                run(folder(), FETCH_MINUTES, "mvn", "-B", "-q", "-f", pom.toString(), "package");
                Files.writeString(stamp, wanted);
            }
        }
        return parts;
    }

    private static void run(Path folder, long minutes, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(minutes, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(command[0] + " failed for Apache James");
        }
    }

    private static Path folder() {
        String root = System.getProperty("postern.root");
        return (root == null ? Path.of("..") : Path.of(root))
                .resolve("mail-test-support/james")
                .toAbsolutePath()
                .normalize();
    }

    private static String java(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
