@NullMarked
package org.postern.message.smtp;

import org.jspecify.annotations.NullMarked;
