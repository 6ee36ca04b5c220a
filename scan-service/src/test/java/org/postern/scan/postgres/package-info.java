@NullMarked
package org.postern.scan.postgres;

import org.jspecify.annotations.NullMarked;
