package org.postern.store;

/**
 * What became of the objects when their data keys were wrapped anew.
 *
 * @param wrapped how many were wrapped anew
 * @param current how many had the newest key already
 * @param unreadable how many cannot be unwrapped: their key is not in the key file, or they are damaged
 */
public record RotationResult(long wrapped, long current, long unreadable) {
    public static final RotationResult NONE = new RotationResult(0, 0, 0);
    public static final RotationResult WRAPPED = new RotationResult(1, 0, 0);
    public static final RotationResult CURRENT = new RotationResult(0, 1, 0);
    public static final RotationResult UNREADABLE = new RotationResult(0, 0, 1);

    /** Whether the older keys are needed no more. */
    public boolean isComplete() {
        return unreadable == 0;
    }

    /** Both together. */
    public RotationResult plus(RotationResult other) {
        return new RotationResult(wrapped + other.wrapped, current + other.current, unreadable + other.unreadable);
    }
}
