/** Raw messages and derived objects: the port, and what can go wrong. */
@NullMarked
package org.postern.store;

import org.jspecify.annotations.NullMarked;
