/** Findings about where a mail leads. */
@NullMarked
package org.postern.spam.phishing.links;

import org.jspecify.annotations.NullMarked;
