/** The store as an installation is configured to have it. */
@NullMarked
package org.postern.store.config;

import org.jspecify.annotations.NullMarked;
