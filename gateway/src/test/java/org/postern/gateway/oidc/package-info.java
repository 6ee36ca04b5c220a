@NullMarked
package org.postern.gateway.oidc;

import org.jspecify.annotations.NullMarked;
