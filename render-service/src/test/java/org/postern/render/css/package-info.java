/** Tests of CSS. */
@NullMarked
package org.postern.render.css;

import org.jspecify.annotations.NullMarked;
