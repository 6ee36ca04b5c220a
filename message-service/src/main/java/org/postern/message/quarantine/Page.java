package org.postern.message.quarantine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of what was looked for.
 *
 * @param next where the next page begins; null on the last one
 */
public record Page<T, P>(List<T> items, @Nullable P next) {
    public Page {
        items = List.copyOf(items);
    }
}
