/** Revocations as they come from Kafka. */
@NullMarked
package org.postern.edge.revocation.kafka;

import org.jspecify.annotations.NullMarked;
