/** Revocations applied to the tokens that quarkus-oidc has checked. */
@NullMarked
package org.postern.edge.revocation.oidc;

import org.jspecify.annotations.NullMarked;
