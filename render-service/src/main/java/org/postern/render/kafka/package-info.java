/** Mails handed over come in, renditions are announced. */
@NullMarked
package org.postern.render.kafka;

import org.jspecify.annotations.NullMarked;
