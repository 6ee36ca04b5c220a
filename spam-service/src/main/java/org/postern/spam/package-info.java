/** Assessing mails: spam, forged senders, phishing, without any technology. What was not assessed is never ham. */
@NullMarked
package org.postern.spam;

import org.jspecify.annotations.NullMarked;
