package org.postern.events.mail;

/**
 * Whose servers the references of a message lead to. A domain that somebody registered, never the name of a host in it, which
 * may be one reader's own.
 *
 * @param name in lower case and ASCII
 * @param blocked how many references to it were blocked
 * @param trackers how many of them were there to track the reader
 */
public record RemoteDomain(String name, int blocked, int trackers) {}
