@NullMarked
package org.postern.message.verdict;

import org.jspecify.annotations.NullMarked;
