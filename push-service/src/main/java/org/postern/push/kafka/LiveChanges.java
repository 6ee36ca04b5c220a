package org.postern.push.kafka;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.postern.events.codec.EventCodec;
import org.postern.events.codec.UnreadableEventException;
import org.postern.events.push.StateChanged;
import org.postern.push.AccountStates;
import org.postern.push.DatabaseAwayException;
import org.postern.push.stream.LiveStreams;

/**
 * Hears of every change, whichever replica made it known, and tells those who listen here. The group is this process's
 * own, and begins at the end of the topic: nobody listened here before. A change is remembered before it is told, so that
 * whoever comes back after it has passed here finds it in the database.
 */
@ApplicationScoped
public class LiveChanges {
    private static final Logger LOG = Logger.getLogger(LiveChanges.class);

    private final EventCodec codec;
    private final AccountStates states;
    private final LiveStreams streams;

    LiveChanges(EventCodec codec, AccountStates states, LiveStreams streams) {
        this.codec = codec;
        this.states = states;
        this.streams = streams;
    }

    /** Tells one change. */
    @Incoming("state-changed-live")
    @Blocking
    public CompletionStage<Void> tell(Message<byte[]> record) {
        try {
            StateChanged change = StateChanges.read(codec, record);
            long position = StateChanges.position(record);
            try {
                states.remember(change, position);
            } catch (DatabaseAwayException e) {
                LOG.warn("a change is told that could not be remembered");
            }
            streams.tell(change, position);
        } catch (UnreadableEventException e) {
            // The consumer of all replicas together sets it aside.
        }
        return record.ack();
    }
}
