/** What the store keeps of images. */
@NullMarked
package org.postern.render.store;

import org.jspecify.annotations.NullMarked;
