/** What is on its way to a device: kept, sent, tried again, settled. */
@NullMarked
package org.postern.push.delivery;

import org.jspecify.annotations.NullMarked;
