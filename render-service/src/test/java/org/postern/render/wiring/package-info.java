@NullMarked
package org.postern.render.wiring;

import org.jspecify.annotations.NullMarked;
