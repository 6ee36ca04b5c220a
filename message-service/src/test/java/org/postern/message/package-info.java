@NullMarked
package org.postern.message;

import org.jspecify.annotations.NullMarked;
