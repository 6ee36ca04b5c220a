/** What is decided about mail, at once and when more is known. */
@NullMarked
package org.postern.e2e.verdict;

import org.jspecify.annotations.NullMarked;
