package org.postern.message.siem;

import org.postern.message.outlet.ToldEvent;

/** The CloudEvent as it is on Kafka, as a line of JSON: a control character in it is escaped by JSON itself. */
public final class JsonLine implements LineFormat {
    @Override
    public String line(ToldEvent event) {
        return event.document();
    }
}
