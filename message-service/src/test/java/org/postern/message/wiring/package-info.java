@NullMarked
package org.postern.message.wiring;

import org.jspecify.annotations.NullMarked;
