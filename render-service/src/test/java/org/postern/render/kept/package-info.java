@NullMarked
package org.postern.render.kept;

import org.jspecify.annotations.NullMarked;
