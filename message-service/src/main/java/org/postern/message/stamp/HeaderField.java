package org.postern.message.stamp;

/**
 * A field of a message's head.
 *
 * @param name without the colon
 * @param value without the space after the colon; folded with CRLF and a tab
 */
public record HeaderField(String name, String value) {}
