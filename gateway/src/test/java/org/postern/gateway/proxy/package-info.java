@NullMarked
package org.postern.gateway.proxy;

import org.jspecify.annotations.NullMarked;
