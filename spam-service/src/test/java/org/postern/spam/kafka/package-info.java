@NullMarked
package org.postern.spam.kafka;

import org.jspecify.annotations.NullMarked;
