@NullMarked
package org.postern.spam.weighing;

import org.jspecify.annotations.NullMarked;
