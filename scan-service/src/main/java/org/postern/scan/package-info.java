/** Scanning mails and files for viruses: the rules, without any technology. Anything not really scanned is never clean. */
@NullMarked
package org.postern.scan;

import org.jspecify.annotations.NullMarked;
