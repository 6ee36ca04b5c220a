/** The whole suite, started by its own script, and how tests talk to it: through the gateway, with small mails, and on its topics. */
@NullMarked
package org.postern.e2e.suite;

import org.jspecify.annotations.NullMarked;
