@NullMarked
package org.postern.message.letter;

import org.jspecify.annotations.NullMarked;
