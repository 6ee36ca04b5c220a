package org.postern.render;

/** A mail or HTML that is not rendered. The message quotes nothing of it. */
public final class RenderingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why it is not rendered. */
    public enum Reason {
        /** It took longer than it may. */
        TOO_EXPENSIVE("rendering-too-expensive"),
        /** There is more HTML than is taken. */
        HTML_TOO_LARGE("html-too-large");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        /** A stable name for problem documents and dead letters. */
        public String code() {
            return code;
        }
    }

    private final Reason reason;

    /** @param message what was exceeded, with the limit */
    public RenderingException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why it was not rendered. */
    public Reason reason() {
        return reason;
    }
}
