package org.postern.spam;

/** How the domains that a mail is for know who sent it. */
public enum Acquaintance {
    /** The sender has written to one of them before. */
    KNOWN,
    /** The sender has written to none of them before. */
    FIRST_CONTACT,
    /** Nor has this sender, and the name that is shown came recently from somewhere else. */
    NAME_OF_ANOTHER
}
