/** Tells devices that something changed (RFC 8620, section 7), and nobody anything else: who subscribes, what is told, and how it gets there. */
@NullMarked
package org.postern.push;

import org.jspecify.annotations.NullMarked;
