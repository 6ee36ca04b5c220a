/** Elliptic curves by a native library where there is one, the Amazon Corretto Crypto Provider. */
@NullMarked
package org.postern.push.corretto;

import org.jspecify.annotations.NullMarked;
