@NullMarked
package org.postern.gateway.health;

import org.jspecify.annotations.NullMarked;
