package org.postern.edge.revocation.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.postern.events.codec.Topic;

/** The topic of the revocations: made where it is missing, and compacted whoever made it. */
final class RevocationTopic {
    private static final Logger LOG = Logger.getLogger(RevocationTopic.class);
    private static final String NAME = Topic.IDENTITY_REVOKED.topicName();
    private static final long LONGEST_SECONDS = 10;
    private static final Map<String, String> SETTINGS = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            "compact,delete",
            TopicConfig.RETENTION_MS_CONFIG,
            Long.toString(Topic.IDENTITY_REVOKED.retention().toMillis()));

    private RevocationTopic() {}

    static Map<String, Object> consumer(Map<String, Object> kafka) {
        Map<String, Object> settings = known(kafka, ConsumerConfig.configNames());
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        return settings;
    }

    /** Makes it where it is missing. */
    static void ensure(Map<String, Object> kafka) {
        Map<String, Object> settings = known(kafka, AdminClientConfig.configNames());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 8_000);
        try (Admin admin = Admin.create(settings)) {
            NewTopic topic = new NewTopic(NAME, Optional.of(Topic.PARTITIONS), Optional.empty()).configs(SETTINGS);
            admin.createTopics(List.of(topic)).all().get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new KafkaException("the topic of the revocations cannot be made", e.getCause());
            }
            compact(settings);
        } catch (TimeoutException e) {
            throw new KafkaException("Kafka does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    /** A topic that somebody else made, or that made itself, would forget revocations or keep all of them. */
    private static void compact(Map<String, Object> settings) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, NAME);
        try (Admin admin = Admin.create(settings)) {
            Config topic = admin.describeConfigs(List.of(resource))
                    .all()
                    .get(LONGEST_SECONDS, TimeUnit.SECONDS)
                    .get(resource);
            ConfigEntry policy = topic == null ? null : topic.get(TopicConfig.CLEANUP_POLICY_CONFIG);
            if (policy != null && policy.value().contains("compact")) {
                return;
            }
            List<AlterConfigOp> changes = SETTINGS.entrySet().stream()
                    .map(setting -> new AlterConfigOp(
                            new ConfigEntry(setting.getKey(), setting.getValue()), AlterConfigOp.OpType.SET))
                    .toList();
            admin.incrementalAlterConfigs(Map.of(resource, changes)).all().get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warnf("%s is not compacted, and cannot be made so: set cleanup.policy=compact,delete", NAME);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    private static Map<String, Object> known(Map<String, Object> kafka, Set<String> names) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.keySet().retainAll(names);
        return settings;
    }
}
