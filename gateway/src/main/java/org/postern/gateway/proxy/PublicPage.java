package org.postern.gateway.proxy;

import java.util.function.Supplier;

/**
 * Something the door answers itself, to anybody.
 *
 * @param type its media type
 * @param text its text, made for each request
 */
public record PublicPage(String type, Supplier<String> text) {}
