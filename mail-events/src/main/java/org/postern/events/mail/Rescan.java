package org.postern.events.mail;

import org.jspecify.annotations.Nullable;

/**
 * Why a message that had its verdict was scanned once more, without anybody asking: the signatures changed.
 *
 * @param signatures the version of the signatures that led to it
 * @param before what the message was said to be before
 * @param beforeSignatures the version of the signatures that said so; null where it is not known
 */
public record Rescan(
        String signatures, ScanVerdict before, @Nullable String beforeSignatures) {}
