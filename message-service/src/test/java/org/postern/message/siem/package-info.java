@NullMarked
package org.postern.message.siem;

import org.jspecify.annotations.NullMarked;
