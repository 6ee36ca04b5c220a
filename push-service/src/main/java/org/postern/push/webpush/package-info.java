/** Web Push: RFC 8030, encrypted by RFC 8291, identified by RFC 8292. */
@NullMarked
package org.postern.push.webpush;

import org.jspecify.annotations.NullMarked;
