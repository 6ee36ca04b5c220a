@NullMarked
package org.postern.events.identity;

import org.jspecify.annotations.NullMarked;
