package org.postern.events;

/**
 * A text that is not what it was said to be. The message names the kind of value and the rule it breaks, and never
 * repeats the text itself: it may be personal data.
 */
public final class MalformedValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String kind;

    /**
     * @param kind the kind of value expected, for instance {@code mail address}
     * @param rule the rule that was broken, as a sentence fragment
     */
    public MalformedValueException(String kind, String rule) {
        super(kind + ": " + rule);
        this.kind = kind;
    }

    /** The kind of value that was expected. */
    public String kind() {
        return kind;
    }
}
