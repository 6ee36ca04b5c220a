@NullMarked
package org.postern.message.withdrawal;

import org.jspecify.annotations.NullMarked;
