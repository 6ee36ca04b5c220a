/** What can be configured. */
@NullMarked
package org.postern.scan.config;

import org.jspecify.annotations.NullMarked;
