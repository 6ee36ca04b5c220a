@NullMarked
package org.postern.gateway.providers;

import org.jspecify.annotations.NullMarked;
