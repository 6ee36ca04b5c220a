package org.postern.gateway.route;

/** A service behind the door. */
public enum Destination {
    MESSAGE,
    SCAN,
    SPAM,
    RENDER,
    PUSH
}
