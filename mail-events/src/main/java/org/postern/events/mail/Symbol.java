package org.postern.events.mail;

/**
 * What one rule of the engine said.
 *
 * @param name the engine's name of the rule
 * @param score what it added to the score; 0 where it only tells a fact
 */
public record Symbol(String name, double score) {}
