@NullMarked
package org.postern.gateway.door;

import org.jspecify.annotations.NullMarked;
