@NullMarked
package org.postern.spam.analysis;

import org.jspecify.annotations.NullMarked;
