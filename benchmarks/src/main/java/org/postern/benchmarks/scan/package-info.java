/** What scanning costs beside clamd alone. */
@NullMarked
package org.postern.benchmarks.scan;

import org.jspecify.annotations.NullMarked;
