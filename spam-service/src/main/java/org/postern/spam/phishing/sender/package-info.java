/** Findings about who a mail says it is from. */
@NullMarked
package org.postern.spam.phishing.sender;

import org.jspecify.annotations.NullMarked;
