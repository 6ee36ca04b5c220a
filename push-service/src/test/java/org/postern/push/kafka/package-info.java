@NullMarked
package org.postern.push.kafka;

import org.jspecify.annotations.NullMarked;
