@NullMarked
package org.postern.message.milter;

import org.jspecify.annotations.NullMarked;
