package org.postern.message.wiring;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.postern.database.Transactions;
import org.postern.events.codec.EventCodec;
import org.postern.message.CollectFacts;
import org.postern.message.IntakeTerms;
import org.postern.message.ReceiptAnnouncer;
import org.postern.message.ReceiptCodec;
import org.postern.message.ReceiveFromMailServer;
import org.postern.message.SmtpTerms;
import org.postern.message.config.IntakeConfig;
import org.postern.message.config.MilterConfig;
import org.postern.message.kafka.KafkaPublisher;
import org.postern.message.postgres.JdbcSmtpTries;
import org.postern.message.quarantine.ReleasePasses;
import org.postern.store.MessageStore;

/** The beans behind the port for mail servers. */
final class MilterBeans {
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
}
