/** Phrases in several languages, from tables that say why each is there. */
@NullMarked
package org.postern.spam.phishing.phrases;

import org.jspecify.annotations.NullMarked;
