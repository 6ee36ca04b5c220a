package org.postern.spam.phishing.names;

/**
 * How a host imitates a name.
 *
 * @param of whom: a brand's name, or {@code own-domain}
 * @param how {@code confusable}, {@code misspelt}, {@code hyphenated}, {@code joined} or {@code subdomain}
 */
public record Imitation(String of, String how) {}
