@NullMarked
package org.postern.scan.health;

import org.jspecify.annotations.NullMarked;
