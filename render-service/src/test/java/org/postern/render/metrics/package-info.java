@NullMarked
package org.postern.render.metrics;

import org.jspecify.annotations.NullMarked;
