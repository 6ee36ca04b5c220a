/** What the door says itself, and what it adds to every answer. */
@NullMarked
package org.postern.gateway.answer;

import org.jspecify.annotations.NullMarked;
