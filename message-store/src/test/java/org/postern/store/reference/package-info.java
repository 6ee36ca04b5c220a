@NullMarked
package org.postern.store.reference;

import org.jspecify.annotations.NullMarked;
