/** Mails come in and facts go out. */
@NullMarked
package org.postern.spam.kafka;

import org.jspecify.annotations.NullMarked;
