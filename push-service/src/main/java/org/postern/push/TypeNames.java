package org.postern.push;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The types that devices can be told of: those of JMAP whose state changes, and what an installation adds.
 *
 * @param known their names
 */
public record TypeNames(Set<String> known) {
    /** RFC 8621 (mail), 9425 (quotas), 9610 (contacts), 9661 (Sieve), 9670 (sharing), and JMAP for calendars. */
    private static final Set<String> OF_JMAP = Set.of(
            "Mailbox",
            "Thread",
            "Email",
            AnnounceMail.EMAIL_DELIVERY,
            "Identity",
            "EmailSubmission",
            "VacationResponse",
            "Quota",
            "AddressBook",
            "ContactCard",
            "SieveScript",
            "Principal",
            "ShareNotification",
            "Calendar",
            "CalendarEvent",
            "CalendarEventNotification",
            "ParticipantIdentity");

    public TypeNames {
        known = Set.copyOf(known);
    }

    /**
     * Those of JMAP and more.
     *
     * @throws org.postern.events.MalformedValueException where one of them is no name
     */
    public static TypeNames with(Collection<String> more) {
        more.forEach(TypeStates::checkType);
        Set<String> all = new HashSet<>(OF_JMAP);
        all.addAll(more);
        return new TypeNames(all);
    }

    /** Whether all of them are known. */
    public boolean knows(Collection<String> types) {
        return known.containsAll(types);
    }
}
