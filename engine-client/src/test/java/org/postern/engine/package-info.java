@NullMarked
package org.postern.engine;

import org.jspecify.annotations.NullMarked;
