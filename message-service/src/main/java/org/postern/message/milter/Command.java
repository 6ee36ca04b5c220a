package org.postern.message.milter;

import java.util.Arrays;
import java.util.Optional;

/** What a mail server says. */
enum Command {
    NEGOTIATE('O', 0),
    MACRO('D', 0),
    CONNECT('C', Negotiation.NO_REPLY_CONNECT),
    HELO('H', Negotiation.NO_REPLY_HELO),
    MAIL('M', Negotiation.NO_REPLY_MAIL),
    RECIPIENT('R', Negotiation.NO_REPLY_RECIPIENT),
    DATA('T', Negotiation.NO_REPLY_DATA),
    HEADER('L', Negotiation.NO_REPLY_HEADER),
    HEADERS_END('N', Negotiation.NO_REPLY_HEADERS_END),
    BODY('B', Negotiation.NO_REPLY_BODY),
    BODY_END('E', 0),
    ABORT('A', 0),
    UNKNOWN('U', Negotiation.NO_REPLY_UNKNOWN),
    QUIT('Q', 0),
    QUIT_AND_STAY('K', 0);

    private final byte code;
    private final int noReply;

    Command(char code, int noReply) {
        this.code = (byte) code;
        this.noReply = noReply;
    }

    static Optional<Command> of(byte code) {
        return Arrays.stream(values()).filter(command -> command.code == code).findFirst();
    }

    /** Whether it only wants to hear that we go on, and where it agreed to, not even that. */
    boolean wantsReply(int protocol) {
        return noReply != 0 && (protocol & noReply) == 0;
    }
}
