package org.postern.message.desk;

import java.util.List;
import org.postern.events.MailAddress;
import org.postern.message.stamp.FieldPosition;
import org.postern.message.stamp.HeaderField;

/**
 * What a mail server changes in a message before it delivers it.
 *
 * @param withheld whom it is not delivered to
 * @param foreign fields to take out, the lowest first
 * @param fields fields to put on top, in the order in which they stand there
 */
public record Changes(List<MailAddress> withheld, List<FieldPosition> foreign, List<HeaderField> fields) {
    public Changes {
        withheld = List.copyOf(withheld);
        foreign = List.copyOf(foreign);
        fields = List.copyOf(fields);
    }
}
