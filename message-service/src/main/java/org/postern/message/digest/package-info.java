/** Letters that tell readers what is held from them, with links by which they have it released. */
@NullMarked
package org.postern.message.digest;

import org.jspecify.annotations.NullMarked;
