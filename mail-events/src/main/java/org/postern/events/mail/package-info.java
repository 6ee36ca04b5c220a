/** What happens to a message, one record for each kind of event. */
@NullMarked
package org.postern.events.mail;

import org.jspecify.annotations.NullMarked;
