/** Devices that want to be told, and by what they are reached. */
@NullMarked
package org.postern.push.subscription;

import org.jspecify.annotations.NullMarked;
