/** The message store on a file system: the embedded default. */
@NullMarked
package org.postern.store.filesystem;

import org.jspecify.annotations.NullMarked;
