/** Mailboxes of a mail server that speaks JMAP (RFC 8620, RFC 8621). */
@NullMarked
package org.postern.message.jmap;

import org.jspecify.annotations.NullMarked;
