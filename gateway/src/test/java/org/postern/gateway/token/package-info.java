@NullMarked
package org.postern.gateway.token;

import org.jspecify.annotations.NullMarked;
