/** Reads the policy from its file. */
@NullMarked
package org.postern.message.yaml;

import org.jspecify.annotations.NullMarked;
