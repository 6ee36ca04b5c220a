/** How facts become a judgement of each message, what was answered by it, and when it is taken back. */
@NullMarked
package org.postern.message.verdict;

import org.jspecify.annotations.NullMarked;
