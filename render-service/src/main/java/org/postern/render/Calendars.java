package org.postern.render;

import java.util.List;

/** Reads calendar parts. */
@FunctionalInterface
public interface Calendars {
    /** Knows no calendars. */
    Calendars NONE = text -> List.of();

    /** The events of a calendar, at most ten; none where it is not understood. Never fails. */
    List<CalendarEvent> events(String text);
}
