/** The real broker, database and engines for tests, and a small OpenID provider. */
@NullMarked
package org.postern.testsupport;

import org.jspecify.annotations.NullMarked;
