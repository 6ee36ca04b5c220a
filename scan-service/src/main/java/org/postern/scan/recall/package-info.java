/**
 * Scanning again what was handed over when the signatures change. Knows no technology: what was said before, how far it has
 * come and the mails themselves come through its ports.
 */
@NullMarked
package org.postern.scan.recall;

import org.jspecify.annotations.NullMarked;
