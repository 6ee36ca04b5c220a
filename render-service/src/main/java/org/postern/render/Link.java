package org.postern.render;

import org.jspecify.annotations.Nullable;

/**
 * A link the reader can follow.
 *
 * @param text what the reader sees, at most 200 characters
 * @param target where it leads
 * @param host the host it leads to; null for mail addresses
 * @param mismatch whether the text names another host than the target
 */
public record Link(String text, String target, @Nullable String host, boolean mismatch) {}
