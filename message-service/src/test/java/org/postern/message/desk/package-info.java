@NullMarked
package org.postern.message.desk;

import org.jspecify.annotations.NullMarked;
