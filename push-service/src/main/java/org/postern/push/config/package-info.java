/** The configuration keys, one mapping per concept. */
@NullMarked
package org.postern.push.config;

import org.jspecify.annotations.NullMarked;
