package org.postern.message.wiring;

import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.postern.database.Transactions;
import org.postern.events.Tenant;
import org.postern.events.codec.EventCodec;
import org.postern.message.config.IntakeConfig;
import org.postern.message.config.MilterConfig;
import org.postern.message.desk.DeskTerms;
import org.postern.message.desk.HandOverNotes;
import org.postern.message.desk.JudgementDesk;
import org.postern.message.kafka.KafkaPublisher;
import org.postern.message.ledger.ReceiptCodec;
import org.postern.message.postgres.JdbcSmtpTries;
import org.postern.message.quarantine.ReleasePasses;
import org.postern.message.reception.IntakeTerms;
import org.postern.message.reception.ReceiptAnnouncer;
import org.postern.message.reception.ReceiveFromMailServer;
import org.postern.message.reception.SmtpTerms;
import org.postern.message.stamp.Stamps;
import org.postern.message.verdict.CollectFacts;
import org.postern.message.verdict.HandOver;
import org.postern.message.waiting.AwaitJudgement;
import org.postern.outbound.Network;
import org.postern.store.MessageStore;

/** The beans behind the ports for mail servers. */
final class DeskBeans {
    @Produces
    @Singleton
    ReceiveFromMailServer receiveFromMailServer(
            MessageStore store,
            KafkaPublisher publisher,
            EventCodec codec,
            Transactions transactions,
            ReleasePasses passes,
            CollectFacts collectFacts,
            Clock clock,
            IntakeConfig intake,
            MilterConfig milter) {
        return new ReceiveFromMailServer(
                store,
                new ReceiptAnnouncer(publisher, new ReceiptCodec(codec)),
                new JdbcSmtpTries(transactions),
                passes,
                collectFacts::received,
                clock,
                new IntakeTerms(intake.messageLimit().asLongValue(), intake.deadline(), intake.keyRetention()),
                new SmtpTerms(milter.retryRetention(), milter.outboundRecipientsPerHour()));
    }

    @Produces
    @Singleton
    JudgementDesk desk(
            ReceiveFromMailServer receive,
            AwaitJudgement await,
            HandOver handOver,
            @VirtualThreads ExecutorService executor,
            IntakeConfig intake) {
        return new JudgementDesk(receive, await, new HandOverNotes(handOver, executor), intake.deadline());
    }

    @Produces
    @Singleton
    DeskTerms deskTerms(IntakeConfig intake, MilterConfig milter) {
        return new DeskTerms(
                Tenant.of(milter.tenant()),
                milter.authservId(),
                milter.shadow(),
                networks(milter.outboundNetworks().orElse(List.of())),
                intake.deadline(),
                intake.headerBlockLimit().asLongValue(),
                intake.recipientLimit());
    }

    @Produces
    @Singleton
    Stamps stamps(MilterConfig milter) {
        return new Stamps(milter.authservId(), milter.twakeBanner());
    }

    static List<Network> networks(List<String> texts) {
        return texts.stream().map(Network::of).toList();
    }
}
