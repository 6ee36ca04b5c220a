package org.postern.message.siem;

import org.postern.message.outlet.ToldEvent;

/** How an event is written on one line. */
@FunctionalInterface
public interface LineFormat {
    /** The line, without its end and without any control character. */
    String line(ToldEvent event);
}
