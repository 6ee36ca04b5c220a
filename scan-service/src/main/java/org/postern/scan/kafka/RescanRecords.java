package org.postern.scan.kafka;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.postern.edge.kafka.FailedAt;
import org.postern.events.codec.ReceivedEvent;
import org.postern.events.mail.MailReceived;
import org.postern.scan.config.RecallConfig;
import org.postern.scan.recall.MemoryAwayException;
import org.postern.scan.recall.RecallRun;
import org.postern.scan.recall.RescanMail;
import org.postern.scan.recall.Rescanned;
import org.postern.scan.recall.ScanMemory;

/**
 * What is done with records of {@code mail.received.v1} that are replayed: each is scanned again, a few at once, what is
 * another verdict is told, and what came of it is remembered after that.
 */
@ApplicationScoped
public class RescanRecords {
    private static final Logger LOG = Logger.getLogger(RescanRecords.class);

    private final RecallConfig config;
    private final RescanMail rescanMail;
    private final ScanMemory memory;
    private final ScannedMails facts;
    private final Clock clock = Clock.systemUTC();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    RescanRecords(RecallConfig config, RescanMail rescanMail, ScanMemory memory, ScannedMails facts) {
        this.config = config;
        this.rescanMail = rescanMail;
        this.memory = memory;
        this.facts = facts;
    }

    /** Ends what is in work: it is done again. */
    void stop() {
        workers.shutdownNow();
    }

    /** Begins with all of them, in their order. */
    Map<TopicPartition, List<Future<Rescanned>>> begin(RecallRun run, ConsumerRecords<byte[], byte[]> records) {
        Semaphore share = new Semaphore(config.concurrency());
        Map<TopicPartition, List<Future<Rescanned>>> work = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            List<Future<Rescanned>> futures = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                futures.add(workers.submit(() -> {
                    share.acquire();
                    try {
                        return rescanned(run, record);
                    } finally {
                        share.release();
                    }
                }));
            }
            work.put(partition, futures);
        }
        return work;
    }

    /** What came of one record; only the memory and the end of the service make it come again by an exception. */
    Rescanned rescanned(RecallRun run, ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        try {
            return rescannedAndTold(run, record);
        } catch (MemoryAwayException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            if (workers.isShutdown()) {
                // Says nothing about the mail: what it needs may be closed already.
                throw new InterruptedException("the service stops");
            }
            // A bug of ours with one mail must not hold up the recall of every other.
            LOG.errorf("a mail could not be scanned again: %s", FailedAt.of(e));
            return new Rescanned.Failed();
        }
    }

    private Rescanned rescannedAndTold(RecallRun run, ConsumerRecord<byte[], byte[]> record)
            throws InterruptedException {
        Optional<ReceivedEvent<MailReceived>> received = MailConsumer.read(MailReceived.class, record);
        if (received.isEmpty()) {
            return new Rescanned.Known();
        }
        MailReceived mail = received.get().event();
        Rescanned came = rescanMail.rescan(run, mail);
        switch (came) {
            case Rescanned.Told told -> {
                facts.tell(told.fact(), received.get().trace());
                memory.noteAgain(mail, told.fact().result().verdict(), run.signatures(), clock.instant());
            }
            case Rescanned.Unchanged same -> memory.noteAgain(mail, same.verdict(), run.signatures(), clock.instant());
            case Rescanned.Known known -> {}
            case Rescanned.Gone gone -> {}
            case Rescanned.Failed failed -> {}
            case Rescanned.NotNow later -> {}
        }
        return came;
    }

    /** What came of one record. */
    static Rescanned result(Future<Rescanned> work) throws InterruptedException {
        try {
            return work.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MemoryAwayException away) {
                throw away;
            }
            if (e.getCause() instanceof InterruptedException) {
                throw new InterruptedException("the service stops");
            }
            throw new IllegalStateException("a message could not be scanned again", e.getCause());
        }
    }
}
