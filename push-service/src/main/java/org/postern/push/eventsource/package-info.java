/** EventSource streams (RFC 8620, section 7.3). */
@NullMarked
package org.postern.push.eventsource;

import org.jspecify.annotations.NullMarked;
