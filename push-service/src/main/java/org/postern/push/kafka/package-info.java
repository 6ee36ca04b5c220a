/** Mails handed over and changes of state come in, changes of state and outcomes go out. */
@NullMarked
package org.postern.push.kafka;

import org.jspecify.annotations.NullMarked;
