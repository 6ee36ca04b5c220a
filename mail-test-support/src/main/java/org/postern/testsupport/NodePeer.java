package org.postern.testsupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A program for Node that shares no line with us: a client or a decoder of somebody else's making. It talks in lines of
 * JSON. Its packages are installed from the lock file when they are first needed.
 */
public final class NodePeer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long ANSWER_SECONDS = 30;
    private static final long INSTALL_MINUTES = 5;

    private final Process process;
    private final Writer in;
    private final List<JsonNode> told = new CopyOnWriteArrayList<>();
    private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();

    private NodePeer(Process process) {
        this.process = process;
        this.in = process.outputWriter(StandardCharsets.UTF_8);
        Thread.ofVirtual().name("node").start(this::read);
    }

    /**
     * Starts a script of the folder {@code mail-test-support/node}.
     *
     * @param environment what it gets beside our own environment
     */
    public static NodePeer start(String script, Map<String, String> environment, String... arguments) {
        try {
            Path folder = installed();
            List<String> command = new ArrayList<>(List.of("node", script));
            command.addAll(List.of(arguments));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("node_modules/.peer.log").toFile()));
            builder.environment().putAll(environment);
            return new NodePeer(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("node is missing or does not start (Debian packages nodejs and npm)", e);
        }
    }

    private static Path installed() throws IOException {
        String root = System.getProperty("postern.root");
        Path folder = (root == null ? Path.of("..") : Path.of(root))
                .resolve("mail-test-support/node")
                .toAbsolutePath()
                .normalize();
        Path lock = folder.resolve("package-lock.json");
        Path stamp = folder.resolve("node_modules/.installed");
        Files.createDirectories(stamp.getParent());
        // Tests of several modules may need it at the same time.
        try (FileChannel channel = FileChannel.open(
                        folder.resolve("node_modules/.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            String wanted = Files.readString(lock);
            if (held.isValid()
                    && (!Files.exists(stamp) || !Files.readString(stamp).equals(wanted))) {
                install(folder);
                Files.writeString(stamp, wanted);
            }
        }
        return folder;
    }

    private static void install(Path folder) throws IOException {
        Path log = folder.resolve("node_modules/.install.log");
        // Not "npm ci", which would take the lock away under us.
        Process npm = new ProcessBuilder("npm", "install", "--no-save")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!npm.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES) || npm.exitValue() != 0) {
                npm.destroyForcibly();
                throw new IOException("npm could not install the packages: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            npm.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while npm installed packages", e);
        }
    }

    private void read() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                JsonNode event = JSON.readTree(line);
                told.add(event);
                answers.add(event);
            }
        } catch (IOException e) {
            // It has ended; who waits for it finds out.
        }
    }

    /** All that it has told so far. */
    public List<JsonNode> told() {
        return List.copyOf(told);
    }

    /** Those of a kind, by the property {@code event}. */
    public List<JsonNode> told(String event) {
        return told.stream()
                .filter(line -> line.path("event").asText().equals(event))
                .toList();
    }

    /** Asks something and waits for the answer. */
    public synchronized JsonNode ask(Map<String, String> question) {
        try {
            in.write(JSON.writeValueAsString(question) + "\n");
            in.flush();
            JsonNode answer = answers.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
            if (answer == null) {
                throw new AssertionError("node does not answer");
            }
            return answer;
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
