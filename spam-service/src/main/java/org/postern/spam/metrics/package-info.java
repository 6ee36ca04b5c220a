/** What is counted. */
@NullMarked
package org.postern.spam.metrics;

import org.jspecify.annotations.NullMarked;
