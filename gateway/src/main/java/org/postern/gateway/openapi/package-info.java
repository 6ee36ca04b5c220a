/** What can be called, in one document. */
@NullMarked
package org.postern.gateway.openapi;

import org.jspecify.annotations.NullMarked;
