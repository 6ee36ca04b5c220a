/** Findings about what a mail says and asks for. */
@NullMarked
package org.postern.spam.phishing.content;

import org.jspecify.annotations.NullMarked;
