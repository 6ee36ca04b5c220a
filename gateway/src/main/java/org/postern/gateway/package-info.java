/** The only door of the suite. */
@NullMarked
package org.postern.gateway;

import org.jspecify.annotations.NullMarked;
