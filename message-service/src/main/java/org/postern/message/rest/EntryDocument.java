package org.postern.message.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.Reason;
import org.postern.events.mail.ScanVerdict;
import org.postern.message.quarantine.Entry;

/**
 * A judged message as one of its recipients would have it.
 *
 * @param senderDomain of the envelope; empty for the null sender
 * @param held whether it was kept from the inbox and may be released
 * @param offered whether it was held, and a later look found that it need not be
 * @param releasedAt null where it was not released
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record EntryDocument(
        MessageId id,
        MailAddress recipient,
        Instant receivedAt,
        String senderDomain,
        Disposition disposition,
        ScanVerdict verdict,
        @JsonProperty("class") MailClass mailClass,
        int revision,
        List<Reason> reasons,
        long size,
        boolean held,
        boolean offered,
        @Nullable Instant releasedAt) {
    static EntryDocument of(Entry entry) {
        return new EntryDocument(
                entry.id(),
                entry.recipient(),
                entry.receivedAt(),
                entry.senderDomain(),
                entry.disposition(),
                entry.verdict(),
                entry.mailClass(),
                entry.revision(),
                entry.reasons(),
                entry.size(),
                entry.isHeld(),
                entry.offersRelease(),
                entry.releasedAt());
    }
}
