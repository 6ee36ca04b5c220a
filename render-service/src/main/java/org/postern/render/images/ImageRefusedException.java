package org.postern.render.images;

/** An image that is not shown. */
public final class ImageRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why it is not shown. */
    public enum Reason {
        /** It is there to count who reads. */
        TRACKER("tracker"),
        /** Its address leads where nothing is fetched from. */
        ADDRESS("address-refused"),
        /** Nobody answered, or not in time. */
        UNREACHABLE("unreachable"),
        /** The answer was an error. */
        STATUS("status"),
        /** It sends from one address to the next for too long. */
        REDIRECTS("too-many-redirects"),
        /** It has too many bytes, pixels or frames. */
        TOO_LARGE("too-large"),
        /** It is no raster image that is known here. */
        NOT_AN_IMAGE("not-an-image"),
        /** There is more to do than is taken on. */
        BUSY("busy");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        /** A stable word for metrics. */
        public String code() {
            return code;
        }
    }

    private final Reason reason;

    public ImageRefusedException(Reason reason) {
        super(reason.code());
        this.reason = reason;
    }

    /** Why it is not shown. */
    public Reason reason() {
        return reason;
    }

    /** Whether it may be shown another time. */
    public boolean isPassing() {
        return switch (reason) {
            case UNREACHABLE, STATUS, BUSY -> true;
            case TRACKER, ADDRESS, REDIRECTS, TOO_LARGE, NOT_AN_IMAGE -> false;
        };
    }
}
