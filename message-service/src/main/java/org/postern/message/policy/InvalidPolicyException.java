package org.postern.message.policy;

/** A policy that cannot be used. The message names the place and what to write instead. */
public final class InvalidPolicyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    /** @param message the place and the rule that is broken */
    public InvalidPolicyException(String message) {
        this(message, 0, 0);
    }

    /**
     * @param message the place and the rule that is broken
     * @param line where that is, from 1 on; 0 where it is nowhere in particular
     * @param column likewise
     */
    public InvalidPolicyException(String message, int line, int column) {
        super(line == 0 ? message : "line " + line + ", column " + column + ": " + message);
        this.line = line;
        this.column = column;
    }

    /** The line, from 1 on; 0 where it is nowhere in particular. */
    public int line() {
        return line;
    }

    /** The column, from 1 on; 0 where it is nowhere in particular. */
    public int column() {
        return column;
    }
}
