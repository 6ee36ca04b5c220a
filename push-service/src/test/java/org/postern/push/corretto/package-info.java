@NullMarked
package org.postern.push.corretto;

import org.jspecify.annotations.NullMarked;
