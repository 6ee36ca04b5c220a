package org.postern.spam.kafka;

import org.postern.events.codec.Topic;
import org.postern.events.mail.MailAssessed;
import org.postern.testsupport.FactTopics;

/** The topics around the service. */
final class AssessmentTopics {
    private AssessmentTopics() {}

    static FactTopics<MailAssessed> at(String brokers) {
        return new FactTopics<>(
                brokers,
                "spam-service",
                MailAssessed.class,
                Topic.MAIL_ASSESSED,
                Topic.MAIL_RECEIVED,
                Topic.MAIL_FEEDBACK);
    }
}
