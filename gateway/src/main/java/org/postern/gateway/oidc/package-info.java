/** The identity providers, as quarkus-oidc knows them. */
@NullMarked
package org.postern.gateway.oidc;

import org.jspecify.annotations.NullMarked;
