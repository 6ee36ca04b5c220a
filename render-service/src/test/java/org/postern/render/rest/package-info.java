/** Tests of the adapter. */
@NullMarked
package org.postern.render.rest;

import org.jspecify.annotations.NullMarked;
