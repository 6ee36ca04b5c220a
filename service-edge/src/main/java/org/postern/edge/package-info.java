@NullMarked
package org.postern.edge;

import org.jspecify.annotations.NullMarked;
