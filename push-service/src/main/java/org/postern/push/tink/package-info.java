/** Secrets sealed with AES-256-GCM, by Tink. */
@NullMarked
package org.postern.push.tink;

import org.jspecify.annotations.NullMarked;
