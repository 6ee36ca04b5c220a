package org.postern.render;

import org.jspecify.annotations.Nullable;

/**
 * An event that a calendar part of a mail tells of (RFC 5545, RFC 6047).
 *
 * @param method what the mail is about: {@code request}, {@code cancel}, {@code reply} ...; null where it does not say
 * @param summary what the event calls itself, at most 200 characters
 * @param start when it begins, as RFC 3339; a date where it is of whole days; null where it does not say
 * @param end when it ends, in the same form
 * @param location where it is, at most 200 characters
 * @param organizer the name or the mail address of who asks, at most 200 characters
 * @param attendees how many are asked
 * @param repeats whether it comes again
 */
public record CalendarEvent(
        @Nullable String method,
        @Nullable String summary,
        @Nullable String start,
        @Nullable String end,
        @Nullable String location,
        @Nullable String organizer,
        int attendees,
        boolean repeats) {
    @Override
    public String toString() {
        // The text of a mail has no place in a log.
        return "CalendarEvent[" + method + ", " + attendees + " attendees]";
    }
}
