/** The policy in its file. */
@NullMarked
package org.postern.scan.yaml;

import org.jspecify.annotations.NullMarked;
