/** What an operator can count. */
@NullMarked
package org.postern.push.metrics;

import org.jspecify.annotations.NullMarked;
