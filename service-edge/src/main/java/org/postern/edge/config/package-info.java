/** Settings that every service has. */
@NullMarked
package org.postern.edge.config;

import org.jspecify.annotations.NullMarked;
