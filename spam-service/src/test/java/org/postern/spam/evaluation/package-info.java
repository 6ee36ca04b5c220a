@NullMarked
package org.postern.spam.evaluation;

import org.jspecify.annotations.NullMarked;
