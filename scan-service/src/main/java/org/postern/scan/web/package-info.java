/** HTML and SVG files. */
@NullMarked
package org.postern.scan.web;

import org.jspecify.annotations.NullMarked;
