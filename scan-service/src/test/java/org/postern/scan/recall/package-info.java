@NullMarked
package org.postern.scan.recall;

import org.jspecify.annotations.NullMarked;
