/** The policy: ordered rules over facts, of which the first that matches decides for a recipient. */
@NullMarked
package org.postern.message.policy;

import org.jspecify.annotations.NullMarked;
