@NullMarked
package org.postern.message.waiting;

import org.jspecify.annotations.NullMarked;
