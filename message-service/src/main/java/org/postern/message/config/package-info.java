/** The configuration keys, one mapping per concept. */
@NullMarked
package org.postern.message.config;

import org.jspecify.annotations.NullMarked;
