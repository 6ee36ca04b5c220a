@NullMarked
package org.postern.mime;

import org.jspecify.annotations.NullMarked;
