/** Events on their way out of the suite: to webhooks, to whoever watches over security. */
@NullMarked
package org.postern.message.outlet;

import org.jspecify.annotations.NullMarked;
