@NullMarked
package org.postern.gateway.limit.redis;

import org.jspecify.annotations.NullMarked;
