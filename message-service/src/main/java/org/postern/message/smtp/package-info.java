/** Hands released messages to the mail server. */
@NullMarked
package org.postern.message.smtp;

import org.jspecify.annotations.NullMarked;
