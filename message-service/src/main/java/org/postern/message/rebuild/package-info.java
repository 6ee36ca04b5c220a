/** What is known again from what was told. */
@NullMarked
package org.postern.message.rebuild;

import org.jspecify.annotations.NullMarked;
