@NullMarked
package org.postern.spam.health;

import org.jspecify.annotations.NullMarked;
