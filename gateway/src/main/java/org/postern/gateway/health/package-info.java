/** What an operator, and a load balancer, are told. */
@NullMarked
package org.postern.gateway.health;

import org.jspecify.annotations.NullMarked;
