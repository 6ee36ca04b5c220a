/** Tables kept by hand, as YAML. */
@NullMarked
package org.postern.render.yaml;

import org.jspecify.annotations.NullMarked;
