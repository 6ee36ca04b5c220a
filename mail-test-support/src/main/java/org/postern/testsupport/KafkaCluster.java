package org.postern.testsupport;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * Three Kafka brokers, each a process that can be killed or stopped for a while, and each a controller too. Topics get three
 * replicas, and a record counts as written where two of them have it, for whoever asks all of them ({@code acks=all}).
 */
public final class KafkaCluster implements AutoCloseable {
    /** How many brokers there are. */
    public static final int BROKERS = 3;

    /** How many of them a partition needs to take records. */
    public static final int IN_SYNC = 2;

    private static final Duration START = Duration.ofSeconds(60);
    private static final String HEAP = "-Xmx192m";

    private final Path dir;
    private final List<Integer> ports;
    private final List<Process> brokers = new ArrayList<>();

    private KafkaCluster(Path dir, List<Integer> ports) {
        this.dir = dir;
        this.ports = ports;
    }

    /** Starts all three, and waits until they listen. */
    public static KafkaCluster start() {
        try {
            Path dir = PartProcess.folder("kafka-cluster");
            List<Integer> ports =
                    IntStream.range(0, BROKERS).mapToObj(i -> FreePorts.next()).toList();
            List<Integer> controllers =
                    IntStream.range(0, BROKERS).mapToObj(i -> FreePorts.next()).toList();
            String cluster = Uuid.randomUuid().toString();
            for (int i = 0; i < BROKERS; i++) {
                Files.writeString(dir.resolve(i + ".properties"), properties(dir, i, ports.get(i), controllers));
                format(dir.resolve("data-" + i), cluster, i);
            }
            KafkaCluster started = new KafkaCluster(dir, ports);
            for (int i = 0; i < BROKERS; i++) {
                started.brokers.add(started.launch(i));
            }
            for (int i = 0; i < BROKERS; i++) {
                started.awaitPort(i);
            }
            return started;
        } catch (Exception e) {
            throw new IllegalStateException("the brokers of the test do not start", e);
        }
    }

    private static String properties(Path dir, int broker, int port, List<Integer> controllers) {
        String voters = IntStream.range(0, BROKERS)
                .mapToObj(i -> i + "@127.0.0.1:" + controllers.get(i))
                .collect(joining(","));
        return """
                process.roles=broker,controller
                node.id=%d
                listeners=PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d
                advertised.listeners=PLAINTEXT://127.0.0.1:%2$d
                controller.listener.names=CONTROLLER
                controller.quorum.voters=%s
                log.dirs=%s
                default.replication.factor=3
                min.insync.replicas=%d
                offsets.topic.replication.factor=3
                offsets.topic.num.partitions=3
                transaction.state.log.replication.factor=3
                transaction.state.log.min.isr=2
                broker.session.timeout.ms=4000
                broker.heartbeat.interval.ms=1000
                group.initial.rebalance.delay.ms=0
                log.cleaner.dedupe.buffer.size=2097152
                auto.create.topics.enable=false
                """.formatted(broker, port, controllers.get(broker), voters, dir.resolve("data-" + broker), IN_SYNC);
    }

    private static void format(Path data, String cluster, int broker) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setClusterId(cluster)
                .setNodeId(broker)
                .setControllerListenerName("CONTROLLER")
                .addDirectory(data.toString())
                .setMetadataLogDirectory(data.toString())
                .setReleaseVersion(MetadataVersion.latestProduction())
                .run();
    }

    private Process launch(int broker) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        HEAP,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "kafka.Kafka",
                        dir.resolve(broker + ".properties").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(broker).toFile()))
                .start();
    }

    private Path log(int broker) {
        return dir.resolve(broker + ".log");
    }

    private void awaitPort(int broker) {
        ListeningPort.await("broker " + broker, ports.get(broker), brokers.get(broker), log(broker), START);
    }

    /** What a client begins with. */
    public String bootstrap() {
        return ports.stream().map(port -> "127.0.0.1:" + port).collect(joining(","));
    }

    /** Ends a broker as {@code kill -9} does. */
    public void kill(int broker) throws InterruptedException {
        brokers.get(broker).destroyForcibly().waitFor();
    }

    /** Starts a broker that was killed again, with what it had on its disk, and waits until it listens. */
    public void restart(int broker) throws IOException {
        brokers.set(broker, launch(broker));
        awaitPort(broker);
    }

    /** Lets a broker do nothing more, without its connections being closed: it hangs. */
    public void hang(int broker) throws IOException, InterruptedException {
        signal(broker, "STOP");
    }

    /** Lets a broker that hangs go on. */
    public void goOn(int broker) throws IOException, InterruptedException {
        signal(broker, "CONT");
    }

    private void signal(int broker, String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder(
                        "kill", "-" + name, Long.toString(brokers.get(broker).pid()))
                .start();
        if (kill.waitFor() != 0) {
            throw new IOException("broker " + broker + " cannot be sent " + name);
        }
    }

    @Override
    public void close() throws InterruptedException {
        brokers.forEach(Process::destroyForcibly);
        for (Process broker : brokers) {
            broker.waitFor(10, TimeUnit.SECONDS);
        }
    }
}
