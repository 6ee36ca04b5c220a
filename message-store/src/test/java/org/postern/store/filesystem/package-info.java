@NullMarked
package org.postern.store.filesystem;

import org.jspecify.annotations.NullMarked;
