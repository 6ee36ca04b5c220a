package org.postern.edge.kafka;

import java.util.Arrays;

/** A failure of ours as it may be logged: without its message, which may quote what it failed on. */
public final class FailedAt {
    private FailedAt() {}

    /** Its class and where it happened; a failure that the virtual machine makes in a hurry has no place. */
    public static String of(Throwable failure) {
        String place = Arrays.stream(failure.getStackTrace())
                .findFirst()
                .map(StackTraceElement::toString)
                .orElse("a place that is not known");
        return failure.getClass().getName() + " at " + place;
    }
}
