@NullMarked
package org.postern.message.quarantine;

import org.jspecify.annotations.NullMarked;
