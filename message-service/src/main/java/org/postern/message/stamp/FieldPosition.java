package org.postern.message.stamp;

/**
 * One field among those of its name.
 *
 * @param name as the message spells it
 * @param occurrence 1 for the topmost of that name, whatever its case
 */
public record FieldPosition(String name, int occurrence) {}
