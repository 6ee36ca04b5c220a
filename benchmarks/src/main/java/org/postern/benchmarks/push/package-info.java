/** What pushes cost, and how many devices one instance carries. */
@NullMarked
package org.postern.benchmarks.push;

import org.jspecify.annotations.NullMarked;
