package org.postern.testsupport;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/** A Kafka broker in the JVM of the test. Started again after it was stopped, it is where it was, with all that it had. */
public class KafkaBroker implements QuarkusTestResourceLifecycleManager {
    private final Map<String, String> configuration = new HashMap<>();
    private @Nullable KafkaRaftServer server;

    @Override
    public Map<String, String> start() {
        try {
            if (configuration.isEmpty()) {
                settle();
            }
            server = new KafkaRaftServer(new KafkaConfig(configuration), Time.SYSTEM);
            server.startup();
            String listener = Objects.requireNonNull(configuration.get("advertised.listeners"));
            return Map.of("kafka.bootstrap.servers", listener.substring(listener.indexOf("//") + 2));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Finds it ports and a folder. */
    private void settle() throws Exception {
        int port = FreePorts.next();
        int controller = FreePorts.next();
        Path folder = Files.createTempDirectory("kafka");
        configuration.put("process.roles", "broker,controller");
        configuration.put("node.id", "1");
        configuration.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller);
        configuration.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        configuration.put("controller.listener.names", "CONTROLLER");
        configuration.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
        configuration.put("log.dirs", folder.toString());
        configuration.put("offsets.topic.replication.factor", "1");
        configuration.put("offsets.topic.num.partitions", "1");
        configuration.put("transaction.state.log.replication.factor", "1");
        configuration.put("transaction.state.log.min.isr", "1");
        configuration.put("group.initial.rebalance.delay.ms", "0");
        configuration.put("log.cleaner.dedupe.buffer.size", "2097152");
        configuration.put("num.partitions", "6");
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .setControllerListenerName("CONTROLLER")
                .addDirectory(folder.toString())
                .setMetadataLogDirectory(folder.toString())
                .setReleaseVersion(MetadataVersion.latestProduction())
                .run();
    }

    @Override
    public void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }
}
