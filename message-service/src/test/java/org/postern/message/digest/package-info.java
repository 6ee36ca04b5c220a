@NullMarked
package org.postern.message.digest;

import org.jspecify.annotations.NullMarked;
