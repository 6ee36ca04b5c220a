/** What lies in the store: what was derived from a message, and what nobody refers to any more. */
@NullMarked
package org.postern.message.garbage;

import org.jspecify.annotations.NullMarked;
