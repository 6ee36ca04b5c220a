@NullMarked
package org.postern.message.canonical;

import org.jspecify.annotations.NullMarked;
