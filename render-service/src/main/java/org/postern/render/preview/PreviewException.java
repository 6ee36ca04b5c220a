package org.postern.render.preview;

/** There is no picture. */
public final class PreviewException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why there is none. */
    public enum Reason {
        /** This installation makes none. */
        OFF,
        /** Others are being made, and it did not come to this one in time. */
        BUSY,
        /** The page took too long to show. */
        LATE,
        /** What shows pages did not start, died, or gave no picture. */
        FAILED
    }

    private final Reason reason;

    public PreviewException(Reason reason) {
        super("no preview: " + reason);
        this.reason = reason;
    }

    public PreviewException(Reason reason, Throwable cause) {
        super("no preview: " + reason, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
