package org.postern.message.mtahooks;

import java.io.IOException;

/** A request that is not answered as a hook: a problem document is. The mail server then puts its message off. */
final class RefusedHookException extends IOException {
    private static final long serialVersionUID = 1L;

    private static final int MALFORMED = 400;
    private static final int TOO_LARGE = 413;

    private final int status;
    private final String code;

    /**
     * A refusal.
     *
     * @param status of HTTP
     * @param code stable, in kebab-case
     * @param detail a sentence that repeats nothing of what came
     */
    RefusedHookException(int status, String code, String detail) {
        super(detail);
        this.status = status;
        this.code = code;
    }

    /** What came is not JSON, or not the JSON that was expected. */
    static RefusedHookException json(String detail) {
        return new RefusedHookException(MALFORMED, "json-malformed", detail);
    }

    /** It is JSON, and not a hook. */
    static RefusedHookException hook(String code, String detail) {
        return new RefusedHookException(MALFORMED, code, detail);
    }

    /** @param what the member that is not there, with the objects it belongs into */
    static RefusedHookException missing(String what) {
        return hook("hook-incomplete", what + " is missing.");
    }

    static RefusedHookException outOfOrder(String first, String then) {
        return hook("hook-out-of-order", first + " has to come before " + then + ".");
    }

    static RefusedHookException tooLarge(long most) {
        return new RefusedHookException(TOO_LARGE, "body-too-large", "The body has more than " + most + " bytes.");
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
