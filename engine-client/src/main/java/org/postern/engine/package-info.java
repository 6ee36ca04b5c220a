/**
 * What every adapter of an engine needs: a deadline on a clock that nobody can set, slots so that an engine is never given
 * more than it can take, and pauses that grow while it is away. It knows no engine and no transport.
 */
@NullMarked
package org.postern.engine;

import org.jspecify.annotations.NullMarked;
