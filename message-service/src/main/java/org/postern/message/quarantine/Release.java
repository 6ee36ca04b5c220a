package org.postern.message.quarantine;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.postern.events.EventId;
import org.postern.events.MessageId;
import org.postern.events.mail.ReleaseMeans;

/**
 * That a message be released. The same message for the same recipients is the same release, however often it is asked for.
 *
 * @param recipients one at least
 */
public record Release(MessageId message, List<Entry> recipients, Actor actor, ReleaseMeans means, Instant at) {
    public Release {
        recipients = List.copyOf(recipients);
    }

    /** Its name. */
    public EventId id() {
        return EventId.of(
                message,
                "release",
                recipients.stream()
                        .map(entry -> entry.recipient().folded())
                        .sorted()
                        .collect(Collectors.joining("\n")));
    }
}
