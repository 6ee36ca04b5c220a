package org.postern.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;
import org.postern.store.MessageStore;
import org.postern.store.StoreKey;
import org.postern.store.filesystem.FilesystemMessageStore;

/**
 * Storing a body, encrypted under its own key, hashed and forced to the disk, beside a plain file that is forced to the
 * disk; and reading it back.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@SuppressWarnings("NullAway.Init") // set up by the harness before a benchmark runs
public class StoreBenchmark {
    private static final long LIMIT = 50L * 1024 * 1024;

    /** Bytes of the body. */
    @Param({"4096", "51200", "5242880"})
    public int size;

    private byte[] body;
    private Path folder;
    private MessageStore store;
    private ObjectReference stored;
    private long files;

    private static StoreKey aKey() {
        byte[] key = new byte[32];
        new Random(7).nextBytes(key);
        return StoreKey.ofText(Base64.getEncoder().encodeToString(key));
    }

    @Setup(Level.Trial)
    public void prepare() throws IOException {
        body = new byte[size];
        new Random(1).nextBytes(body);
        folder = Files.createTempDirectory("postern-benchmark-");
        store = new FilesystemMessageStore(folder.resolve("store"), aKey());
        stored = store.put(Tenant.DEFAULT, new ByteArrayInputStream(body), LIMIT);
    }

    @TearDown(Level.Iteration)
    public void forget() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains(stored.id().toString()))
                    .forEach(StoreBenchmark::delete);
        }
    }

    @TearDown(Level.Trial)
    public void leaveNothing() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(StoreBenchmark::delete);
        }
    }

    /** Ours. */
    @Benchmark
    public ObjectReference put() throws IOException {
        return store.put(Tenant.DEFAULT, new ByteArrayInputStream(body), LIMIT);
    }

    /** The peer: the least that makes bytes durable under a name. */
    @Benchmark
    public Path plainFile() throws IOException {
        Path part = folder.resolve(files++ + ".part");
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                OutputStream out = Channels.newOutputStream(channel)) {
            out.write(body);
            channel.force(true);
        }
        return Files.move(part, folder.resolve(files + ".plain"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Reading back, decrypted and verified. */
    @Benchmark
    public long open() throws IOException {
        try (var in = store.open(stored)) {
            return in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
