@NullMarked
package org.postern.spam;

import org.jspecify.annotations.NullMarked;
