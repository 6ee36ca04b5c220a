@NullMarked
package org.postern.gateway.cookie;

import org.jspecify.annotations.NullMarked;
