@NullMarked
package org.postern.push.webpush;

import org.jspecify.annotations.NullMarked;
