@NullMarked
package org.postern.gateway.call;

import org.jspecify.annotations.NullMarked;
