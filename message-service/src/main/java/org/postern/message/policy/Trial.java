package org.postern.message.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one rule fared with a recipient of a message.
 *
 * @param matched whether all its parts hold
 * @param misses the key of the first part that does not; null where all do
 * @param wanted what that part wants
 * @param found what there is instead
 * @param passedOver it matches and was passed over all the same: it would let a message through that a required check has
 *     no result for, and does not name that
 */
public record Trial(
        String rule,
        boolean matched,
        @Nullable String misses,
        List<String> wanted,
        List<String> found,
        boolean passedOver) {
    public Trial {
        wanted = List.copyOf(wanted);
        found = List.copyOf(found);
    }
}
