package org.postern.render;

/**
 * What was taken out.
 *
 * @param construct a stable word, such as {@code script} or {@code event-handler}
 * @param count how often
 */
public record RemovedConstruct(String construct, int count) {}
