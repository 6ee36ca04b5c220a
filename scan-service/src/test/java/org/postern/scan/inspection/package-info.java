@NullMarked
package org.postern.scan.inspection;

import org.jspecify.annotations.NullMarked;
