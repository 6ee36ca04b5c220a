@NullMarked
package org.postern.message.stamp;

import org.jspecify.annotations.NullMarked;
