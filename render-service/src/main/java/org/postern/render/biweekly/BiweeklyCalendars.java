package org.postern.render.biweekly;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.property.DateOrDateTimeProperty;
import biweekly.property.Organizer;
import biweekly.property.TextProperty;
import biweekly.util.ICalDate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postern.render.CalendarEvent;
import org.postern.render.Calendars;

/** Reads iCalendar (RFC 5545). What cannot be read is no calendar: the part is among the attachments all the same. */
public final class BiweeklyCalendars implements Calendars {
    private static final System.Logger LOG = System.getLogger(BiweeklyCalendars.class.getName());
    private static final int MOST = 10;
    private static final int LONGEST = 200;

    @Override
    public List<CalendarEvent> events(String text) {
        List<CalendarEvent> events = new ArrayList<>();
        try {
            for (ICalendar calendar : Biweekly.parse(text).all()) {
                String method = calendar.getMethod() == null
                        ? null
                        : shortened(calendar.getMethod().getValue());
                for (VEvent event : calendar.getEvents()) {
                    if (events.size() < MOST) {
                        events.add(event(method, event));
                    }
                }
            }
        } catch (RuntimeException e) {
            // The parser meets hostile text; whatever it stumbles over, there is nothing to show.
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "a calendar is not understood: {0}",
                    e.getClass().getSimpleName());
        }
        return events;
    }

    private static CalendarEvent event(@Nullable String method, VEvent event) {
        return new CalendarEvent(
                method == null ? null : method.toLowerCase(Locale.ROOT),
                text(event.getSummary()),
                date(event.getDateStart()),
                date(event.getDateEnd()),
                text(event.getLocation()),
                organizer(event.getOrganizer()),
                event.getAttendees().size(),
                event.getRecurrenceRule() != null);
    }

    private static @Nullable String text(@Nullable TextProperty property) {
        return property == null ? null : shortened(property.getValue());
    }

    private static @Nullable String organizer(@Nullable Organizer organizer) {
        if (organizer == null) {
            return null;
        }
        String name = organizer.getCommonName();
        return shortened(name == null ? organizer.getEmail() : name);
    }

    private static @Nullable String shortened(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String clean = text.strip().replaceAll("\\p{Cntrl}+", " ");
        return clean.substring(0, Math.min(LONGEST, clean.length()));
    }

    private static @Nullable String date(@Nullable DateOrDateTimeProperty property) {
        ICalDate date = property == null ? null : property.getValue();
        if (date == null) {
            return null;
        }
        Instant instant = date.toInstant();
        if (date.hasTime()) {
            return DateTimeFormatter.ISO_INSTANT.format(instant);
        }
        var day = date.getRawComponents();
        return day == null
                ? DateTimeFormatter.ISO_LOCAL_DATE.format(instant.atZone(ZoneOffset.UTC))
                : String.format(Locale.ROOT, "%04d-%02d-%02d", day.getYear(), day.getMonth(), day.getDate());
    }
}
