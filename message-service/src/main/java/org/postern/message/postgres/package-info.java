/** The ledger in PostgreSQL: plain SQL, one transaction per change, an outbox. */
@NullMarked
package org.postern.message.postgres;

import org.jspecify.annotations.NullMarked;
