package org.postern.database;

import java.util.function.Function;

/** How a service says that its database is away: the exception its own words for that are. */
@FunctionalInterface
public interface Away {
    /**
     * @param cause what the driver said. It is about the connection and quotes no row
     * @param uncertain whether the change may have been kept all the same: the connection was lost while committing
     */
    RuntimeException because(Throwable cause, boolean uncertain);

    /** Where it makes no difference whether the change may have been kept. */
    static Away of(Function<? super Throwable, ? extends RuntimeException> exception) {
        return (cause, uncertain) -> exception.apply(cause);
    }
}
