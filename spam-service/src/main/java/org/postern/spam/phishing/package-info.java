/** What makes a mail dangerous to its reader, told as findings. Own analysis: needs no network and no engine. */
@NullMarked
package org.postern.spam.phishing;

import org.jspecify.annotations.NullMarked;
