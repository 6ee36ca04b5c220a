/** Fetches from the web, through the guard alone. */
@NullMarked
package org.postern.render.web;

import org.jspecify.annotations.NullMarked;
