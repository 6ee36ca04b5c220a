/** The engine and the own analysis together: one looks up who sent a mail, the other reads it, a table weighs both. */
@NullMarked
package org.postern.spam.analysis;

import org.jspecify.annotations.NullMarked;
