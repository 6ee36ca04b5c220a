/** Mails and mails inside mails. */
@NullMarked
package org.postern.scan.mail;

import org.jspecify.annotations.NullMarked;
