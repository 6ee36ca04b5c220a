/** What is told of each request: its trace, its span, and its line in the access log. */
@NullMarked
package org.postern.gateway.trace;

import org.jspecify.annotations.NullMarked;
