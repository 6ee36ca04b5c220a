package org.postern.testsupport;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/** A Kafka broker in the JVM of the test. */
public class KafkaBroker implements QuarkusTestResourceLifecycleManager {
    private @Nullable KafkaRaftServer server;

    @Override
    public Map<String, String> start() {
        try {
            int port = FreePorts.next();
            int controller = FreePorts.next();
            Path dir = Files.createTempDirectory("kafka");
            Map<String, String> c = new HashMap<>();
            c.put("process.roles", "broker,controller");
            c.put("node.id", "1");
            c.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller);
            c.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
            c.put("controller.listener.names", "CONTROLLER");
            c.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
            c.put("log.dirs", dir.toString());
            c.put("offsets.topic.replication.factor", "1");
            c.put("offsets.topic.num.partitions", "1");
            c.put("transaction.state.log.replication.factor", "1");
            c.put("transaction.state.log.min.isr", "1");
            c.put("group.initial.rebalance.delay.ms", "0");
            c.put("log.cleaner.dedupe.buffer.size", "2097152");
            c.put("num.partitions", "6");
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(1)
                    .setControllerListenerName("CONTROLLER")
                    .addDirectory(dir.toString())
                    .setMetadataLogDirectory(dir.toString())
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .run();
            server = new KafkaRaftServer(new KafkaConfig(c), Time.SYSTEM);
            server.startup();
            return Map.of("kafka.bootstrap.servers", "127.0.0.1:" + port);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
        }
    }
}
