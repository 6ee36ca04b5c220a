@NullMarked
package org.postern.message.intake;

import org.jspecify.annotations.NullMarked;
