@NullMarked
package org.postern.gateway.admission;

import org.jspecify.annotations.NullMarked;
