@NullMarked
package org.postern.scan.kafka;

import org.jspecify.annotations.NullMarked;
