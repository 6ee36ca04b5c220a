@NullMarked
package org.postern.message.policy;

import org.jspecify.annotations.NullMarked;
