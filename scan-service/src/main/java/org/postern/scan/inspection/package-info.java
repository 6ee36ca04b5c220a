/**
 * The own look inside: a walk over the parts of a mail and the entries of its archives, within limits, that says what is
 * dangerous without being known malware and what nobody could look into. It finds no viruses and calls nothing clean.
 */
@NullMarked
package org.postern.scan.inspection;

import org.jspecify.annotations.NullMarked;
