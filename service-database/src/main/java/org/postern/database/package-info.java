/** Transactions on PostgreSQL: what is repeated, what means that the database is away, and what is a bug of ours. */
@NullMarked
package org.postern.database;

import org.jspecify.annotations.NullMarked;
