package org.postern.events.push;

import org.postern.events.Event;

/** Something told to devices; its records are keyed by the account. */
public sealed interface PushEvent extends Event permits StateChanged, PushOutcome {
    /** The account it is about. */
    AccountId account();

    @Override
    default String key() {
        return account().value();
    }
}
