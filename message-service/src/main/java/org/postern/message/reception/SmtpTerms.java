package org.postern.message.reception;

import java.time.Duration;

/**
 * What messages of mail servers are taken in on.
 *
 * @param retryRetention how long a message is recognised when it comes again
 * @param outboundRecipients the most recipients that one authenticated user may send to in an hour; 0 for any number
 */
public record SmtpTerms(Duration retryRetention, long outboundRecipients) {}
