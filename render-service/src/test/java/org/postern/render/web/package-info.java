/** Tests of the image proxy. */
@NullMarked
package org.postern.render.web;

import org.jspecify.annotations.NullMarked;
