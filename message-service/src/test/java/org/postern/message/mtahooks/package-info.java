@NullMarked
package org.postern.message.mtahooks;

import org.jspecify.annotations.NullMarked;
