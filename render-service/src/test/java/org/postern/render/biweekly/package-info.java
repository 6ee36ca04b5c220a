/** Tests of calendars. */
@NullMarked
package org.postern.render.biweekly;

import org.jspecify.annotations.NullMarked;
