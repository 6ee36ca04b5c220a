/** What is told of a mail, and to nobody more than they need. */
@NullMarked
package org.postern.e2e.privacy;

import org.jspecify.annotations.NullMarked;
