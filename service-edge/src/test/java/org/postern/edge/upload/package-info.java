@NullMarked
package org.postern.edge.upload;

import org.jspecify.annotations.NullMarked;
