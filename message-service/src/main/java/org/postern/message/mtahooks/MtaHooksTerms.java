package org.postern.message.mtahooks;

import java.time.Duration;
import java.util.List;
import org.postern.message.desk.DeskTerms;
import org.postern.outbound.Network;

/**
 * What is agreed with the mail servers that speak MTA Hooks.
 *
 * @param desk what is agreed with every mail server
 * @param secret what they prove with that they are ours
 * @param allowed who may connect
 * @param mostConnections more are hung up on
 * @param idle how long a connection may be silent; longer than an answer takes
 * @param bodyWithin from the head of a request to the last byte of its body
 * @param mostBytes a longer body is refused: a message, and what its escapes add
 */
public record MtaHooksTerms(
        DeskTerms desk,
        HookSecret secret,
        List<Network> allowed,
        int mostConnections,
        Duration idle,
        Duration bodyWithin,
        long mostBytes) {
    /** The most bytes that one byte of a message takes up in JSON, as a control character: {@code \}{@code u0000}. */
    private static final long MOST_FOR_ONE = 6;

    public MtaHooksTerms {
        allowed = List.copyOf(allowed);
    }

    /** The longest body that can hold a message of so many bytes. */
    public static long mostBytes(long mostOfMessage, long mostOfHead) {
        return MOST_FOR_ONE * (mostOfMessage + mostOfHead) + mostOfHead;
    }
}
