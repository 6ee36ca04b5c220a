package org.postern.push;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.postern.events.Tenant;
import org.postern.events.push.AccountId;
import org.postern.events.push.StateChanged;

/** The newest states of accounts. Every method throws {@link DatabaseAwayException} where the database is away. */
public interface AccountStates {
    /** Remembers a change; one that is older than what is remembered changes nothing. */
    void remember(StateChanged change);

    /** Remembers a change, and gives it to each device that wants it. Once more is as good as once. */
    void spread(StateChanged change, Duration window, Instant now);

    /** What has changed at or after a moment, with the newest moment of all changes. */
    Since since(Tenant tenant, AccountId account, Instant moment);

    /**
     * What has changed.
     *
     * @param states the newest state of each type that has changed; empty where none has
     * @param newest when the last of them did
     */
    record Since(Map<String, String> states, Instant newest) {
        public Since {
            states = Map.copyOf(states);
        }
    }
}
