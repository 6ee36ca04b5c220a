/** What is told to devices, and how that went. */
@NullMarked
package org.postern.events.push;

import org.jspecify.annotations.NullMarked;
