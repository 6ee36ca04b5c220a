package org.postern.events;

import com.fasterxml.jackson.annotation.JsonIgnore;

/** Something that happened, as it is told on Kafka. Past tense, never a command, never a body.
 * Its families, of mail, of push and of identities, are sealed. */
public interface Event {
    /** Whose event it is. */
    Tenant tenant();

    /** The key of the Kafka record: events of one key stay in order. */
    @JsonIgnore
    String key();

    /** The id that a repetition of this very event would have too. */
    @JsonIgnore
    EventId id();
}
