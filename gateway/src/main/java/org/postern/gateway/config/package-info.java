/** What an administrator sets. */
@NullMarked
package org.postern.gateway.config;

import org.jspecify.annotations.NullMarked;
