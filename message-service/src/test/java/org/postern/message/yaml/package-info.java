@NullMarked
package org.postern.message.yaml;

import org.jspecify.annotations.NullMarked;
