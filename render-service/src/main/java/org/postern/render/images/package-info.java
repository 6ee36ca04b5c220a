/** Remote images through a proxy of ours: fetched once, made anew, and shown under signed addresses. */
@NullMarked
package org.postern.render.images;

import org.jspecify.annotations.NullMarked;
