package org.postern.outbound;

/** A connection may not be made. */
public final class RefusedTargetException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    RefusedTargetException(Reason reason) {
        super(reason.sentence());
        this.reason = reason;
    }

    /** Why not. */
    public Reason reason() {
        return reason;
    }

    /** Why a connection may not be made. */
    public enum Reason {
        /** Not a URL at all, or one that is too long. */
        MALFORMED("is not an absolute URL of 2048 characters at most"),

        /** Neither {@code https}, nor {@code http} to a network that an operator has allowed. */
        SCHEME("must be an https URL"),

        /** A user name or password in the URL. */
        USER_INFO("must not contain a user name or password"),

        /** The name has no address now. This may pass. */
        UNRESOLVED("names a host that has no address"),

        /** A port that is not reached. */
        PORT("names a port that is not connected to"),

        /** A host or a network that the operator has denied. */
        DENIED("leads to a host that the operator has denied"),

        /** An address that is not of the public Internet. */
        ADDRESS("leads to an address that is not on the public Internet");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }

        /** What is wrong, to be put after the name of the field. */
        public String sentence() {
            return sentence;
        }
    }
}
