package org.postern.message.withdrawal;

import java.util.List;
import java.util.Set;

/**
 * Where mails of one account are at a moment.
 *
 * @param state names the moment: a change made to it is made to nothing later (RFC 8620, 5.3)
 * @param places the mails that are there; one that was deleted is missing
 */
public record Placement(String state, List<Place> places) {
    public Placement {
        places = List.copyOf(places);
    }

    /** Where one mail is. */
    public record Place(String email, Set<String> mailboxes, Set<String> keywords) {
        public Place {
            mailboxes = Set.copyOf(mailboxes);
            keywords = Set.copyOf(keywords);
        }
    }
}
