package org.postern.message.withdrawal;

import java.util.List;

/**
 * A mail in a mailbox that may be a copy of the one that is sought.
 *
 * @param email its id
 * @param blob what its octets are asked for by
 * @param size how many there are
 * @param stamps the values of its fields {@code X-Postern-Message}, from the top
 */
public record Candidate(String email, String blob, long size, List<String> stamps) {
    public Candidate {
        stamps = List.copyOf(stamps.stream().map(String::strip).toList());
    }
}
