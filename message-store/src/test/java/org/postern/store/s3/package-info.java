@NullMarked
package org.postern.store.s3;

import org.jspecify.annotations.NullMarked;
