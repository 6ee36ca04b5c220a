package org.postern.scan.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.reactive.messaging.MutinyEmitter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.engine.Backoff;
import org.postern.engine.EngineSlots;
import org.postern.engine.TryRules;
import org.postern.events.TraceContext;
import org.postern.events.codec.EventCodec;
import org.postern.scan.Scanner;
import org.postern.scan.Signatures;
import org.postern.scan.config.RecallConfig;
import org.postern.scan.recall.MemoryAwayException;
import org.postern.scan.recall.RecallRun;
import org.postern.scan.recall.ReceivedMail;
import org.postern.scan.recall.RescanMail;
import org.postern.scan.recall.Rescanned;
import org.postern.scan.recall.ScanMemory;
import org.postern.store.MessageStore;

class RescanRecordsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T02:00:00Z");
    private static final EventCodec CODEC = new EventCodec("/", Clock.systemUTC());

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, NullPointerException.class, StackOverflowError.class})
    void passesByAMailThatItFailsOn(Class<? extends Throwable> failure) throws Exception {
        Throwable thrown = failure.getDeclaredConstructor().newInstance();

        assertThat(rescanned(records(thrown))).isEqualTo(new Rescanned.Failed());
    }

    @Test
    void waitsForTheMemory() {
        MemoryAwayException away = new MemoryAwayException(new IOException("away"));

        assertThatThrownBy(() -> rescanned(records(away))).isSameAs(away);
    }

    @Test
    void passesByNothingWhileTheServiceStops() throws Exception {
        RescanRecords records = records(new IllegalStateException("closed"));
        records.stop();

        assertThatThrownBy(() -> rescanned(records)).isInstanceOf(InterruptedException.class);
    }

    private static Rescanned rescanned(RescanRecords records) throws InterruptedException {
        RecallRun run = new RecallRun(7, Signatures.of("27501"), 29_000_000, NOW.minusSeconds(60), NOW, NOW, null);
        String json =
                CODEC.encode(ReceivedMail.of("mail"), TraceContext.start()).json();
        return records.rescanned(
                run, new ConsumerRecord<>("mail.received.v1", 0, 0, null, json.getBytes(StandardCharsets.UTF_8)));
    }

    /** One that fails so as soon as it asks what was told about a mail. */
    private static RescanRecords records(Throwable failure) {
        ScanMemory memory = Stub.of(ScanMemory.class, (self, method, arguments) -> {
            throw failure;
        });
        RescanMail rescanMail = new RescanMail(
                Stub.unused(MessageStore.class),
                Stub.unused(Scanner.class),
                new EngineSlots(1),
                memory,
                new TryRules(Duration.ofSeconds(25), 3, new Backoff(Duration.ofMillis(1), Duration.ofMillis(1))),
                Clock.systemUTC());
        return new RescanRecords(
                Stub.unused(RecallConfig.class),
                rescanMail,
                memory,
                new ScannedMails(Stub.unused(MutinyEmitter.class), CODEC, time -> {}));
    }
}
