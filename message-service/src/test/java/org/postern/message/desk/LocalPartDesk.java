package org.postern.message.desk;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.postern.events.ContentHash;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.ObjectId;
import org.postern.events.ObjectReference;
import org.postern.events.TraceContext;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.MailPath;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.Reason;
import org.postern.events.mail.ScanVerdict;
import org.postern.message.intake.SmtpMail;
import org.postern.message.judgement.FactSheet;
import org.postern.message.judgement.Judgement;
import org.postern.message.judgement.RecipientJudgement;
import org.postern.message.ledger.MessageRecord;
import org.postern.message.ledger.MessageState;
import org.postern.message.ledger.Receipt;

/**
 * A desk that does what a recipient's local part says: a disposition; {@code released}; {@code never} and {@code later} to
 * answer; {@code full} before the body was read.
 */
public final class LocalPartDesk implements Desk {
    public static final MessageId ID = MessageId.of("019abcde-0000-7000-8000-000000000001");

    public final List<byte[]> bodies = new CopyOnWriteArrayList<>();
    public final List<SmtpMail> mails = new CopyOnWriteArrayList<>();
    public final List<List<RecipientJudgement>> handedOver = new CopyOnWriteArrayList<>();
    public final AtomicInteger brokenOff = new AtomicInteger();

    private final CountDownLatch never = new CountDownLatch(1);
    private final Duration later;

    /** @param later how long {@code later} takes */
    public LocalPartDesk(Duration later) {
        this.later = later;
    }

    @Override
    public Outcome take(SmtpMail mail, InputStream body, TraceContext trace) throws InterruptedException {
        List<MailAddress> recipients = mail.envelope().recipients();
        if (wishes(recipients).contains("full")) {
            return new Outcome.Unjudged(null, "452 4.3.1 full");
        }
        byte[] bytes;
        try {
            bytes = body.readAllBytes();
        } catch (IOException e) {
            brokenOff.incrementAndGet();
            return new Outcome.Unjudged(null, "451 4.0.0 broken off");
        }
        mails.add(mail);
        bodies.add(bytes);
        List<RecipientJudgement> judgements = new ArrayList<>();
        for (MailAddress recipient : recipients) {
            String wish = recipient.localPart().toLowerCase(Locale.ROOT);
            if (wish.equals("released")) {
                return new Outcome.Released(ID);
            }
            if (wish.equals("never")) {
                never.await();
            }
            if (wish.equals("later")) {
                Thread.sleep(later);
            }
            judgements.add(new RecipientJudgement(recipient, disposition(wish), List.of(new Reason(wish, "Because."))));
        }
        return new Outcome.Judged(record(mail, bytes.length, judgements, trace));
    }

    private static List<String> wishes(List<MailAddress> recipients) {
        return recipients.stream().map(MailAddress::localPart).toList();
    }

    private static Disposition disposition(String wish) {
        return Arrays.stream(Disposition.values())
                .filter(each -> each.word().equals(wish))
                .findFirst()
                .orElse(Disposition.DELIVER);
    }

    private static MessageRecord record(
            SmtpMail mail, long size, List<RecipientJudgement> judgements, TraceContext trace) {
        Instant now = Instant.now();
        ObjectReference object =
                new ObjectReference(mail.tenant(), ObjectId.random(), ContentHash.of("ab".repeat(32)), size);
        MailReceived event = new MailReceived(
                ID,
                mail.tenant(),
                object,
                mail.envelope(),
                mail.client(),
                MailPath.MILTER,
                now,
                now,
                mail.direction(),
                mail.session());
        Receipt receipt = new Receipt(event, null, trace);
        Judgement judgement = new Judgement(1, true, ScanVerdict.CLEAN, MailClass.HAM, judgements, now);
        MessageState state = new MessageState(mail.tenant(), ID, receipt, FactSheet.EMPTY, judgement);
        return new MessageRecord(receipt, state, List.of());
    }

    @Override
    public void handedOver(MessageRecord message, List<RecipientJudgement> answered) {
        handedOver.add(answered);
    }
}
