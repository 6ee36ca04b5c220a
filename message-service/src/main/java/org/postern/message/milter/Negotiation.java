package org.postern.message.milter;

import java.nio.ByteBuffer;

/**
 * What both sides agree to do.
 *
 * @param version of the protocol
 * @param actions what we may do to a message
 * @param protocol what is left out, and how headers are written
 */
record Negotiation(int version, int actions, int protocol) {
    static final int NO_REPLY_HEADER = 0x80;
    static final int NO_REPLY_CONNECT = 0x1000;
    static final int NO_REPLY_HELO = 0x2000;
    static final int NO_REPLY_MAIL = 0x4000;
    static final int NO_REPLY_RECIPIENT = 0x8000;
    static final int NO_REPLY_DATA = 0x10000;
    static final int NO_REPLY_UNKNOWN = 0x20000;
    static final int NO_REPLY_HEADERS_END = 0x40000;
    static final int NO_REPLY_BODY = 0x80000;
    /** The space after a header's colon comes along, so that the header can be put together as it was. */
    static final int LEADING_SPACE = 0x100000;

    private static final int NEWEST = 6;
    private static final int OLDEST = 2;
    private static final int ADD_HEADERS = 0x1;
    private static final int DELETE_RECIPIENTS = 0x8;
    private static final int CHANGE_HEADERS = 0x10;
    private static final int QUARANTINE = 0x20;
    private static final int WANTED = NO_REPLY_HEADER
            | NO_REPLY_CONNECT
            | NO_REPLY_HELO
            | NO_REPLY_MAIL
            | NO_REPLY_RECIPIENT
            | NO_REPLY_DATA
            | NO_REPLY_UNKNOWN
            | NO_REPLY_HEADERS_END
            | NO_REPLY_BODY
            | LEADING_SPACE;
    private static final int BYTES = 3 * Integer.BYTES;

    /**
     * What we agree to of an offer.
     *
     * @param hold whether the mail server must be able to hold a message
     * @throws MalformedPacketException where it is no offer, or lacks what we cannot do without
     */
    static Negotiation answerTo(byte[] offer, boolean hold) throws MalformedPacketException {
        if (offer.length < BYTES) {
            throw new MalformedPacketException("an offer that is too short");
        }
        ByteBuffer numbers = ByteBuffer.wrap(offer);
        int version = numbers.getInt();
        int actions = numbers.getInt();
        int protocol = numbers.getInt();
        int needed = ADD_HEADERS | CHANGE_HEADERS | DELETE_RECIPIENTS | (hold ? QUARANTINE : 0);
        if (version < OLDEST || (actions & needed) != needed) {
            throw new MalformedPacketException(
                    "an offer without changing headers, taking recipients out" + (hold ? " or holding" : ""));
        }
        return new Negotiation(Math.min(version, NEWEST), needed, protocol & WANTED);
    }

    Packet packet() {
        return new Packet(
                (byte) 'O',
                ByteBuffer.allocate(BYTES)
                        .putInt(version)
                        .putInt(actions)
                        .putInt(protocol)
                        .array());
    }

    boolean hasLeadingSpace() {
        return (protocol & LEADING_SPACE) != 0;
    }
}
