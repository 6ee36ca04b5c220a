/**
 * One way to read MIME for all services. Where two parsers read a mail differently, an attacker chooses which of them is
 * right: so there is one, with limits, and nobody else takes a mail apart.
 */
@NullMarked
package org.postern.mime;

import org.jspecify.annotations.NullMarked;
