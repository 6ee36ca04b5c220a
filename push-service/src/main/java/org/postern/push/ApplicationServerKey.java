package org.postern.push;

/**
 * The public key that our pushes are signed with (RFC 8292).
 *
 * @param base64url an uncompressed point of P-256, as {@code PushManager.subscribe} takes it
 */
public record ApplicationServerKey(String base64url) {}
