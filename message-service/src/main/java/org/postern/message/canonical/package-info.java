/** The text of a mail apart from what mail servers change on its way: its lines, and hashes over them (RFC 6376, 3.4). */
@NullMarked
package org.postern.message.canonical;

import org.jspecify.annotations.NullMarked;
