@NullMarked
package org.postern.gateway.route;

import org.jspecify.annotations.NullMarked;
