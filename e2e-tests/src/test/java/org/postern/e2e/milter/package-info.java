/** Mail that comes from a real mail server. */
@NullMarked
package org.postern.e2e.milter;

import org.jspecify.annotations.NullMarked;
