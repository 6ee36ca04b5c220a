@NullMarked
package org.postern.edge.problem;

import org.jspecify.annotations.NullMarked;
