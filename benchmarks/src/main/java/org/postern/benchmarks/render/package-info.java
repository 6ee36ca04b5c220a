/** What rendering costs, beside other sanitizers. */
@NullMarked
package org.postern.benchmarks.render;

import org.jspecify.annotations.NullMarked;
