/** Tests of remote addresses. */
@NullMarked
package org.postern.render.remote;

import org.jspecify.annotations.NullMarked;
