package org.postern.render.browser;

/**
 * A piece of HTML that tries to do something.
 *
 * @param name where it is found
 */
record Vector(String name, String html) {}
