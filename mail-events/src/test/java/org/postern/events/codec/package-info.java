@NullMarked
package org.postern.events.codec;

import org.jspecify.annotations.NullMarked;
