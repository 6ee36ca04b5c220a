@NullMarked
package org.postern.push.eventsource;

import org.jspecify.annotations.NullMarked;
