package org.postern.render;

import org.postern.mime.InlineImage;

/**
 * An image that a mail carries to be shown in its place.
 *
 * @param part its place in the mail, as in IMAP; empty where that is not known
 * @param image its name and its bytes
 */
public record CarriedImage(String part, InlineImage image) {}
