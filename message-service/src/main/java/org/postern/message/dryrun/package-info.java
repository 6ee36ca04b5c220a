/** What a policy would say of the messages of the past. Nothing is changed by it. */
@NullMarked
package org.postern.message.dryrun;

import org.jspecify.annotations.NullMarked;
