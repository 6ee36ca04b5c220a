/** Devices that are woken. */
@NullMarked
package org.postern.e2e.push;

import org.jspecify.annotations.NullMarked;
