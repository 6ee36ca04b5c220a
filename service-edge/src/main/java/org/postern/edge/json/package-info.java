/** The same JSON over REST as on Kafka. */
@NullMarked
package org.postern.edge.json;

import org.jspecify.annotations.NullMarked;
