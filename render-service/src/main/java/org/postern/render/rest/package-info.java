/** Renditions by request. */
@NullMarked
package org.postern.render.rest;

import org.jspecify.annotations.NullMarked;
