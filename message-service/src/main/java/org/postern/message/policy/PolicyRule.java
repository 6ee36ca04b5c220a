package org.postern.message.policy;

/**
 * One rule of a policy.
 *
 * @param name unique within its policy
 */
public record PolicyRule(String name, Condition when, Decision then) {}
