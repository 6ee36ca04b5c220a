/**
 * The words of the suite as types: identifiers, addresses, hashes. Parsed once at an edge with {@code of(...)}; a value
 * that exists is well-formed.
 */
@NullMarked
package org.postern.events;

import org.jspecify.annotations.NullMarked;
