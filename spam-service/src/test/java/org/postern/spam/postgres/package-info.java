@NullMarked
package org.postern.spam.postgres;

import org.jspecify.annotations.NullMarked;
