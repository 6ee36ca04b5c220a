package org.postern.render.biweekly;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.render.CalendarEvent;

class BiweeklyCalendarsTest {
    private final BiweeklyCalendars calendars = new BiweeklyCalendars();

    @Test
    void aRequestIsSummarised() {
        assertThat(calendars.events("""
            BEGIN:VCALENDAR
            VERSION:2.0
            METHOD:REQUEST
            BEGIN:VEVENT
            UID:1
            SUMMARY:Budget <b>talk</b>
            DTSTART:20260301T090000Z
            DTEND:20260301T100000Z
            LOCATION:Room 4
            ORGANIZER;CN=Ann:mailto:ann@example.org
            ATTENDEE:mailto:b@example.org
            ATTENDEE:mailto:c@example.org
            RRULE:FREQ=WEEKLY
            END:VEVENT
            END:VCALENDAR
            """))
                .containsExactly(new CalendarEvent(
                        "request",
                        "Budget <b>talk</b>",
                        "2026-03-01T09:00:00Z",
                        "2026-03-01T10:00:00Z",
                        "Room 4",
                        "Ann",
                        2,
                        true));
    }

    @Test
    void aWholeDayIsADate() {
        assertThat(calendars.events(
                        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260301\nEND:VEVENT\nEND:VCALENDAR\n"))
                .singleElement()
                .satisfies(event -> assertThat(event.start()).isEqualTo("2026-03-01"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no calendar",
                "BEGIN:VCALENDAR",
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:99999999T\nEND:VEVENT",
                "BEGIN:VEVENT\nDTSTART;TZID=nowhere:x\n\0\nEND:VCALENDAR"
            })
    void whatIsNotUnderstoodIsNoFailure(String text) {
        assertThat(calendars.events(text)).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void depthIsNoFailure() {
        assertThat(calendars.events("BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\n".repeat(20_000)))
                .hasSizeLessThanOrEqualTo(10);
    }

    @Test
    void thereAreNeverMoreThanTen() {
        String event = "BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\n";

        assertThat(calendars.events("BEGIN:VCALENDAR\n" + event.repeat(1000) + "END:VCALENDAR\n"))
                .hasSize(10);
    }
}
