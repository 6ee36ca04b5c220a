/** What can be configured. */
@NullMarked
package org.postern.spam.config;

import org.jspecify.annotations.NullMarked;
