@NullMarked
package org.postern.store;

import org.jspecify.annotations.NullMarked;
