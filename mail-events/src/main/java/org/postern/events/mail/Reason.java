package org.postern.events.mail;

/**
 * Why a policy decided as it did.
 *
 * @param code the stable code of the reason, in kebab-case
 * @param text a sentence for an administrator; free of personal data
 */
public record Reason(String code, String text) {}
