/**
 * How a message comes in: its body is stored, the broker is told, and only then is it accepted; by REST once for each
 * idempotency key, from mail servers as the message that came before.
 */
@NullMarked
package org.postern.message.reception;

import org.jspecify.annotations.NullMarked;
