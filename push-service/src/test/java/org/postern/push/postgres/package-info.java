@NullMarked
package org.postern.push.postgres;

import org.jspecify.annotations.NullMarked;
