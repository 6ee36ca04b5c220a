/** Bodies rendered so that reading them is harmless. */
@NullMarked
package org.postern.message.rendition;

import org.jspecify.annotations.NullMarked;
