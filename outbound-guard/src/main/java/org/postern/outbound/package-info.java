/** The one guard for every connection to an address that a mail or a client named. */
@NullMarked
package org.postern.outbound;

import org.jspecify.annotations.NullMarked;
