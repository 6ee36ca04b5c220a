@NullMarked
package org.postern.push.firebase;

import org.jspecify.annotations.NullMarked;
