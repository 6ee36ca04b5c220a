/** What is counted. */
@NullMarked
package org.postern.message.metrics;

import org.jspecify.annotations.NullMarked;
