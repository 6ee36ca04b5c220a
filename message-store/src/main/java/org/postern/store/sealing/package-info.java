/** How objects are encrypted, whatever they are kept in. */
@NullMarked
package org.postern.store.sealing;

import org.jspecify.annotations.NullMarked;
