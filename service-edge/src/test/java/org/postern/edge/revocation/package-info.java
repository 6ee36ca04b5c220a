@NullMarked
package org.postern.edge.revocation;

import org.jspecify.annotations.NullMarked;
