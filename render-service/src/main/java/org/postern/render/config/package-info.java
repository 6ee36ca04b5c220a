/** What can be configured. */
@NullMarked
package org.postern.render.config;

import org.jspecify.annotations.NullMarked;
