/** Who may still come in. */
@NullMarked
package org.postern.events.identity;

import org.jspecify.annotations.NullMarked;
