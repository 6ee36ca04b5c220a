package org.postern.gateway.limit.redis;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.postern.gateway.SelfSigned;
import org.postern.testsupport.FreePorts;

/** A real Redis with a password, which can be killed, started again on the same port, stopped for a while, and read. */
public final class RedisServer implements AutoCloseable {
    static final String PASSWORD = "of-a-test";

    private final int port = FreePorts.next();
    private final boolean encrypted;
    private final Path folder;
    private Process process;

    private RedisServer(boolean encrypted) throws IOException, InterruptedException {
        this.encrypted = encrypted;
        this.folder = Files.createTempDirectory("redis");
        Files.writeString(passwordFile(), PASSWORD + "\n");
        if (encrypted) {
            SelfSigned.make("redis", folder.resolve("tls.key"), certificate());
        }
        start();
    }

    /** One that runs. */
    public static RedisServer plain() throws IOException, InterruptedException {
        return new RedisServer(false);
    }

    /** One that speaks TLS only. */
    static RedisServer encrypted() throws IOException, InterruptedException {
        return new RedisServer(true);
    }

    /** Where it is, as the setting has it. */
    public String address() {
        return (encrypted ? "rediss" : "redis") + "://127.0.0.1:" + port;
    }

    /** The file of its password. */
    public Path passwordFile() {
        return folder.resolve("password");
    }

    Path certificate() {
        return folder.resolve("tls.crt");
    }

    /** Starts it, empty, where it was before. */
    public void start() throws IOException {
        Files.writeString(
                folder.resolve("redis.conf"),
                "bind 127.0.0.1\nsave \"\"\ndir " + folder + "\nrequirepass " + PASSWORD + "\n"
                        + (encrypted
                                ? "port 0\ntls-port " + port + "\ntls-auth-clients no\ntls-cert-file " + certificate()
                                        + "\ntls-key-file " + folder.resolve("tls.key") + "\ntls-ca-cert-file "
                                        + certificate() + "\n"
                                : "port " + port + "\n"));
        process = run("redis-server", folder.resolve("redis.conf").toString());
        await("Redis listens, see " + folder).atMost(Duration.ofSeconds(20)).until(this::listens);
    }

    private Process run(String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private void succeeded(Process done) throws IOException, InterruptedException {
        if (!done.waitFor(30, TimeUnit.SECONDS) || done.exitValue() != 0) {
            throw new IllegalStateException(Files.readString(folder.resolve("log")));
        }
    }

    /** It takes connections and answers nothing, as one whose machine hangs. */
    void pause() throws IOException, InterruptedException {
        succeeded(run("kill", "-STOP", Long.toString(process.pid())));
    }

    void resume() throws IOException, InterruptedException {
        succeeded(run("kill", "-CONT", Long.toString(process.pid())));
    }

    /** Ends it, with all that it held. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** What it holds, names and values, as it says so itself; bytes that are no text are escaped. */
    public List<String> dump() throws IOException {
        return ask("EVAL", """
                local all = {}
                for _, key in ipairs(redis.call('keys', '*')) do
                  all[#all + 1] = key .. ' ' .. redis.call('get', key)
                end
                return all
                """, "0");
    }

    /** How long each of its entries lives, in milliseconds; less than 0: for ever. */
    public List<String> lives() throws IOException {
        return ask("EVAL", """
                local all = {}
                for _, key in ipairs(redis.call('keys', '*')) do
                  all[#all + 1] = tostring(redis.call('pttl', key))
                end
                return all
                """, "0");
    }

    private List<String> ask(String... command) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            send(socket.getOutputStream(), "AUTH", PASSWORD);
            send(socket.getOutputStream(), command);
            send(socket.getOutputStream(), "QUIT");
            return replies(socket.getInputStream());
        }
    }

    private static void send(OutputStream out, String... words) throws IOException {
        StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** Of an array of texts, between two words. */
    private static List<String> replies(InputStream in) throws IOException {
        String all = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        if (!all.startsWith("+OK\r\n*") || !all.endsWith("+OK\r\n")) {
            throw new IllegalStateException(all);
        }
        List<String> found = new ArrayList<>();
        int at = all.indexOf("\r\n", 5) + 2;
        while (all.charAt(at) == '$') {
            int begin = all.indexOf("\r\n", at) + 2;
            int end = begin + Integer.parseInt(all.substring(at + 1, begin - 2));
            found.add(all.substring(begin, end));
            at = end + 2;
        }
        return found;
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
