/** What things cost, beside their peers. Each benchmark has its peer in the same class, so that both run on the same machine. */
@NullMarked
package org.postern.benchmarks;

import org.jspecify.annotations.NullMarked;
