/** What the door writes on Kafka. */
@NullMarked
package org.postern.gateway.kafka;

import org.jspecify.annotations.NullMarked;
