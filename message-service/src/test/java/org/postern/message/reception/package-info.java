@NullMarked
package org.postern.message.reception;

import org.jspecify.annotations.NullMarked;
