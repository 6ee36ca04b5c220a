/** The milter protocol, version 6, as Postfix and Sendmail speak it: a mail server asks, and acts on what it is answered. */
@NullMarked
package org.postern.message.milter;

import org.jspecify.annotations.NullMarked;
