package org.postern.gateway.route;

/** Who answers a call: a service behind the door, or the door. */
public enum Destination {
    /** The door itself. */
    GATEWAY,
    MESSAGE,
    SCAN,
    SPAM,
    RENDER,
    PUSH
}
