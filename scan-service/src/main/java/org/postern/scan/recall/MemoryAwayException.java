package org.postern.scan.recall;

/** What is remembered cannot be reached. Recalls wait; received mail does not. */
public final class MemoryAwayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MemoryAwayException(Throwable cause) {
        super("the memory of scans cannot be reached", cause);
    }
}
