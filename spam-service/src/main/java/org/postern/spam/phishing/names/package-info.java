/** Domains and the names of those who are imitated: what belongs to whom, and what only looks as if it did. */
@NullMarked
package org.postern.spam.phishing.names;

import org.jspecify.annotations.NullMarked;
