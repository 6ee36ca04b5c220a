/** Keeps images and renditions in the message store. */
@NullMarked
package org.postern.render.store;

import org.jspecify.annotations.NullMarked;
