/** Whose account a recipient's mail goes to, and who tells of it. */
@NullMarked
package org.postern.push.account;

import org.jspecify.annotations.NullMarked;
