@NullMarked
package org.postern.message.postgres;

import org.jspecify.annotations.NullMarked;
