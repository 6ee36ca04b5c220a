@NullMarked
package org.postern.push.tink;

import org.jspecify.annotations.NullMarked;
