/** What is counted. */
@NullMarked
package org.postern.scan.metrics;

import org.jspecify.annotations.NullMarked;
