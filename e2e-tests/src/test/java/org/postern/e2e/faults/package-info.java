/** Parts that are killed, away or laid back: nothing is lost, and nothing is decided otherwise. */
@NullMarked
package org.postern.e2e.faults;

import org.jspecify.annotations.NullMarked;
