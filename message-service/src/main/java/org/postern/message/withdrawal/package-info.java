/** Delivered copies of recalled messages: taken out of the mailboxes of their recipients, and given back. */
@NullMarked
package org.postern.message.withdrawal;

import org.jspecify.annotations.NullMarked;
