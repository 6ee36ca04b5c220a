package org.postern.message.milter;

import java.time.Duration;
import java.util.List;
import org.postern.events.Tenant;
import org.postern.outbound.Network;

/**
 * What is agreed with the mail servers.
 *
 * @param tenant whose mail it is
 * @param authservId the host name under which authentication is reported; mailboxes without a domain belong to it too
 * @param shadow judges and stamps, and lets everything through
 * @param hold what is quarantined for every recipient is held by the mail server
 * @param outboundNetworks clients whose mail goes out, besides those who log in
 * @param answerWithin from the last byte of the body to the answer, whatever is away
 * @param idle how long a mail server may say nothing
 * @param mostHeaderBytes a longer header block is refused
 * @param mostRecipients more recipients are put off
 */
public record MilterTerms(
        Tenant tenant,
        String authservId,
        boolean shadow,
        boolean hold,
        List<Network> outboundNetworks,
        Duration answerWithin,
        Duration idle,
        long mostHeaderBytes,
        int mostRecipients) {
    public MilterTerms {
        outboundNetworks = List.copyOf(outboundNetworks);
    }
}
