@NullMarked
package org.postern.events;

import org.jspecify.annotations.NullMarked;
