@NullMarked
package org.postern.message.jmap;

import org.jspecify.annotations.NullMarked;
