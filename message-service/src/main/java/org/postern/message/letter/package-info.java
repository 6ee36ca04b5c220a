/** What readers see of digests: letters and pages, made from templates that escape what a mail says. */
@NullMarked
package org.postern.message.letter;

import org.jspecify.annotations.NullMarked;
