@NullMarked
package org.postern.message.outbox;

import org.jspecify.annotations.NullMarked;
