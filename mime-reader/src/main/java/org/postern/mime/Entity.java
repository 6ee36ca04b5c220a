package org.postern.mime;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node of the tree of parts. */
sealed interface Entity {
    /** A part that has parts. */
    record Multipart(String subtype, List<Entity> children) implements Entity {
        static Multipart of(String subtype) {
            return new Multipart(subtype, new ArrayList<>());
        }

        boolean is(String name) {
            return subtype.equals(name);
        }
    }

    /** A part that has none. {@code text} is there for the texts that may be shown. */
    record Leaf(Attachment what, @Nullable TextPart text) implements Entity {}
}
