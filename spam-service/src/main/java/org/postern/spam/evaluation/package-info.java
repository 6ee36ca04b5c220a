/** Measures the analysis on mails whose class is known: {@code ./postern eval spam}. */
@NullMarked
package org.postern.spam.evaluation;

import org.jspecify.annotations.NullMarked;
