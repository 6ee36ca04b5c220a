/**
 * All that is known of a message, as it is kept and read: its receipt, the facts about it, its judgements, and what was
 * answered.
 */
@NullMarked
package org.postern.message.ledger;

import org.jspecify.annotations.NullMarked;
