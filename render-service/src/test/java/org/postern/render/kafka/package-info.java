/** Tests of the adapter. */
@NullMarked
package org.postern.render.kafka;

import org.jspecify.annotations.NullMarked;
