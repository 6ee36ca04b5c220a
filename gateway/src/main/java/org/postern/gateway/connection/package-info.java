/** What is asked of a connection before there is a request: that one comes, and can be read. */
@NullMarked
package org.postern.gateway.connection;

import org.jspecify.annotations.NullMarked;
