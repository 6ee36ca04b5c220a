/** Events on their way to the broker: kept together with the states they are about, and told at least once. */
@NullMarked
package org.postern.message.outbox;

import org.jspecify.annotations.NullMarked;
