/** Facts joined into a judgement, and when one judgement follows another. */
@NullMarked
package org.postern.message.judgement;

import org.jspecify.annotations.NullMarked;
