package org.postern.message.quarantine;

import java.util.List;
import org.postern.events.EnvelopeSender;
import org.postern.events.MailAddress;
import org.postern.events.ObjectReference;

/** Hands released messages to the mail server, past the filter. */
public interface Reinjection {
    /**
     * Hands a message over, byte for byte below its pass. Blocks, within the time configured.
     *
     * @param pass the value of the field {@link ReleasePasses#FIELD}, put before the first field
     * @return the recipients it was taken for, one at least
     * @throws ReleaseFailedException where it was taken for none
     */
    List<MailAddress> send(EnvelopeSender from, List<MailAddress> to, ObjectReference body, String pass)
            throws ReleaseFailedException;
}
