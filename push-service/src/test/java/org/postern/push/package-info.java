@NullMarked
package org.postern.push;

import org.jspecify.annotations.NullMarked;
