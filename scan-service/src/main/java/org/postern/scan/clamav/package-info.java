/** ClamAV, by the protocol of its daemon clamd. */
@NullMarked
package org.postern.scan.clamav;

import org.jspecify.annotations.NullMarked;
