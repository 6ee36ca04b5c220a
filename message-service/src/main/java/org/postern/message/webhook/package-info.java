/** Webhooks: who is told of what, and how often it is tried. */
@NullMarked
package org.postern.message.webhook;

import org.jspecify.annotations.NullMarked;
