@NullMarked
package org.postern.push.delivery;

import org.jspecify.annotations.NullMarked;
