/** Records of the suite that nobody could handle. */
@NullMarked
package org.postern.message.deadletter;

import org.jspecify.annotations.NullMarked;
