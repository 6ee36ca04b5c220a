/**
 * MTA Hooks as Stalwart speaks them: a mail server posts a JSON document for a stage of an SMTP session, with the message
 * in it at the last one, and does what the JSON of the answer says.
 */
@NullMarked
package org.postern.message.mtahooks;

import org.jspecify.annotations.NullMarked;
