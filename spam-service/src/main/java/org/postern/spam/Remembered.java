package org.postern.spam;

import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a contact.
 *
 * @param acquaintance how the domains of the mail know its sender; null where their history is too young to tell
 * @param kept whether keeping the contact now would change nothing
 */
public record Remembered(@Nullable Acquaintance acquaintance, boolean kept) {}
