@NullMarked
package org.postern.message.kafka;

import org.jspecify.annotations.NullMarked;
