package org.postern.push.delivery;

/** Pushes cannot go where a client wants them. */
public final class RefusedDestinationException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String field;

    /**
     * @param code the stable code of the problem
     * @param field the property at fault
     * @param sentence what is wrong, without repeating the value
     */
    public RefusedDestinationException(String code, String field, String sentence) {
        super(sentence);
        this.code = code;
        this.field = field;
    }

    /** The stable code of the problem. */
    public String code() {
        return code;
    }

    /** The property at fault. */
    public String field() {
        return field;
    }

    /** What is wrong, as a sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
