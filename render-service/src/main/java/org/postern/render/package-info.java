/** Renders a mail so that reading it harms nobody and tells nobody. This package is pure. */
@NullMarked
package org.postern.render;

import org.jspecify.annotations.NullMarked;
