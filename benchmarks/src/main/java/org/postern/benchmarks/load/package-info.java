/** Many mails against the running suite and against its engines alone, in one run: what the suite adds. */
@NullMarked
package org.postern.benchmarks.load;

import org.jspecify.annotations.NullMarked;
