package org.postern.render;

import org.jspecify.annotations.Nullable;

/**
 * A link the reader can follow.
 *
 * @param text what the reader sees, at most 200 characters
 * @param target where it leads
 * @param host the host it leads to first; null for mail addresses and telephone numbers
 * @param unwrapped where it leads in the end, where it goes through a redirector whose address says it
 * @param mismatch whether the text names another host than the one it leads to in the end
 */
public record Link(
        String text,
        String target,
        @Nullable String host,
        @Nullable String unwrapped,
        boolean mismatch) {}
