package org.postern.message.mtahooks;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postern.events.mail.Client;

/**
 * What a hook tells of the SMTP session. Personal data.
 *
 * @param stage of the session, as the mail server spells it
 * @param user who logged in; null for nobody
 * @param queueId as the mail server calls the message; null where it has no name yet
 */
record HookContext(
        String stage,
        Client client,
        @Nullable String user,
        @Nullable String queueId) {
    /** Whether the message is here. Stalwart writes {@code data}, its manual {@code DATA}. */
    boolean isData() {
        return stage.toLowerCase(Locale.ROOT).equals("data");
    }

    @Override
    public String toString() {
        return "HookContext[" + stage + "]";
    }
}
