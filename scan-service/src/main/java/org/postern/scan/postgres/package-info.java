/** What is remembered about scans, in PostgreSQL. */
@NullMarked
package org.postern.scan.postgres;

import org.jspecify.annotations.NullMarked;
