/** What is told of who came in, went out, and was refused. */
@NullMarked
package org.postern.gateway.audit;

import org.jspecify.annotations.NullMarked;
