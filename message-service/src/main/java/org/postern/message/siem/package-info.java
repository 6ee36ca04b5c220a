/** Events for whoever watches over security: JSON lines and CEF, by syslog or to a file. */
@NullMarked
package org.postern.message.siem;

import org.jspecify.annotations.NullMarked;
