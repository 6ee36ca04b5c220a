/** What a check of a mail gets to see, and what it tells. */
@NullMarked
package org.postern.spam.phishing.check;

import org.jspecify.annotations.NullMarked;
