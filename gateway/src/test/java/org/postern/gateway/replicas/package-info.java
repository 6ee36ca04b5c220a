@NullMarked
package org.postern.gateway.replicas;

import org.jspecify.annotations.NullMarked;
