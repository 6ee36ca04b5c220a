package org.postern.message.quarantine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a message.
 *
 * @param what {@code received scanned assessed judged handed-over release-asked released classified} or the act of somebody
 * @param detail a verdict, a class, a revision, an outcome; null where there is nothing to add
 */
public record Moment(Instant at, String what, @Nullable String detail) {}
