@NullMarked
package org.postern.gateway.connection;

import org.jspecify.annotations.NullMarked;
