@NullMarked
package org.postern.edge.kafka;

import org.jspecify.annotations.NullMarked;
