@NullMarked
package org.postern.gateway.openapi;

import org.jspecify.annotations.NullMarked;
