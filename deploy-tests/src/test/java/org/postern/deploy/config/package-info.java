/** What can be set, read from the services' sources. */
@NullMarked
package org.postern.deploy.config;

import org.jspecify.annotations.NullMarked;
