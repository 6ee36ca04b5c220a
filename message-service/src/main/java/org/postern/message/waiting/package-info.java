/** Those who wait until a message is judged, by whichever replica. */
@NullMarked
package org.postern.message.waiting;

import org.jspecify.annotations.NullMarked;
