/** What the gateway lets through, and what it says that it does. */
@NullMarked
package org.postern.e2e.door;

import org.jspecify.annotations.NullMarked;
