/** Events on the wire: topics, JSON, CloudEvents 1.0 in binary mode. */
@NullMarked
package org.postern.events.codec;

import org.jspecify.annotations.NullMarked;
