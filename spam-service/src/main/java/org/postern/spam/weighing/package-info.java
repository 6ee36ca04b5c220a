/** From findings to a class, by a table that can be changed while the service runs. */
@NullMarked
package org.postern.spam.weighing;

import org.jspecify.annotations.NullMarked;
