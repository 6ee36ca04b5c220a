/** Events as records of SmallRye Reactive Messaging. */
@NullMarked
package org.postern.edge.kafka;

import org.jspecify.annotations.NullMarked;
