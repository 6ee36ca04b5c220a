package org.postern.push;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.postern.events.Tenant;
import org.postern.events.push.AccountId;
import org.postern.events.push.StateChanged;

/** The newest states of accounts. Every method throws {@link DatabaseAwayException} where the database is away. */
public interface AccountStates {
    /**
     * Remembers a change; one that is older than what is remembered changes nothing.
     *
     * @param position where it stands among the changes of its account: later is newer
     */
    void remember(StateChanged change, long position);

    /**
     * Remembers a change, and gives it to each device that wants it. Once more is as good as once.
     *
     * @param position where it stands among the changes of its account
     * @param window how long a device that has nothing to hear yet waits for more
     * @return how many devices there are to tell
     */
    int spread(StateChanged change, long position, Duration window, Instant now);

    /** What has changed after a position, with the newest position of all changes. */
    Since since(Tenant tenant, AccountId account, long position);

    /**
     * What has changed.
     *
     * @param states the newest state of each type that has changed; empty where none has
     * @param newest where the last of them stands; -1 where there never was one
     */
    record Since(Map<String, String> states, long newest) {
        public Since {
            states = Map.copyOf(states);
        }
    }
}
