/** Object references that one service hands to another, signed and short-lived. */
@NullMarked
package org.postern.store.reference;

import org.jspecify.annotations.NullMarked;
