/** Reads calendars with biweekly. */
@NullMarked
package org.postern.render.biweekly;

import org.jspecify.annotations.NullMarked;
