package org.postern.scan.recall;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postern.events.ContentHash;
import org.postern.events.MessageId;
import org.postern.events.Tenant;
import org.postern.events.mail.MailEvent;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.MailScanned;
import org.postern.events.mail.ScanVerdict;
import org.postern.scan.Signatures;

/** A memory that is gone when the test is. */
final class InMemoryScanMemory implements ScanMemory {
    private final Map<MessageId, Row> rows = new HashMap<>();

    @Override
    public void note(List<? extends MailEvent> events, Instant now) {
        for (MailEvent event : events) {
            Row row = rows.computeIfAbsent(event.messageId(), id -> new Row());
            if (event instanceof MailReceived mail) {
                row.content = mail.object().sha256();
                row.notedAt = now;
            } else if (event instanceof MailScanned fact) {
                row.note(fact, now);
            }
        }
    }

    @Override
    public Optional<Remembered> about(Tenant tenant, MessageId id) {
        return Optional.ofNullable(rows.get(id)).map(row -> row.remembered);
    }

    @Override
    public Optional<ScanVerdict> about(ContentHash content, Signatures signatures) {
        return rows.values().stream()
                .filter(row -> content.equals(row.content) && row.remembered != null)
                .map(row -> row.remembered)
                .filter(one -> one.signatures().equals(signatures) && one.verdict() != ScanVerdict.INCONCLUSIVE)
                .map(Remembered::verdict)
                .findFirst();
    }

    @Override
    public void noteAgain(MailReceived mail, ScanVerdict verdict, Signatures signatures, Instant now) {
        Row row = rows.computeIfAbsent(mail.messageId(), id -> new Row());
        row.content = mail.object().sha256();
        row.remembered = new Remembered(verdict, signatures);
        row.toldAt = now;
    }

    @Override
    public void forget(Instant before) {
        rows.values().removeIf(row -> row.notedAt.isBefore(before));
    }

    private static final class Row {
        private @Nullable ContentHash content;
        private @Nullable Remembered remembered;
        private Instant toldAt = Instant.MIN;
        private Instant notedAt = Instant.MAX;

        void note(MailScanned fact, Instant now) {
            notedAt = notedAt == Instant.MAX ? now : notedAt;
            boolean answers = fact.result().verdict() != ScanVerdict.INCONCLUSIVE;
            boolean answered = remembered != null && remembered.verdict() != ScanVerdict.INCONCLUSIVE;
            if (answers && !answered || answers == answered && !fact.at().isBefore(toldAt)) {
                remembered = new Remembered(
                        fact.result().verdict(), Signatures.of(fact.result().engine()));
                toldAt = fact.at();
            }
        }
    }
}
