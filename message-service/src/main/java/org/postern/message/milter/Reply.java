package org.postern.message.milter;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What we say. */
final class Reply {
    private static final byte[] NOTHING = {};

    private Reply() {}

    static Packet goOn() {
        return new Packet((byte) 'c', NOTHING);
    }

    static Packet accept() {
        return new Packet((byte) 'a', NOTHING);
    }

    /** The mail server tells its client that all is well, and throws the message away. */
    static Packet discard() {
        return new Packet((byte) 'd', NOTHING);
    }

    /** The reply the client gets, for instance {@code 550 5.7.1 text}. A per cent sign would have to be doubled. */
    static Packet text(String text) {
        return new Packet((byte) 'y', ended(text.replace("%", "%%")));
    }

    /** The mail server holds the message in a queue of its own until somebody releases it there. */
    static Packet hold(String reason) {
        return new Packet((byte) 'q', ended(reason));
    }

    static Packet withoutRecipient(byte[] asGiven) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes(asGiven);
        data.write(0);
        return new Packet((byte) '-', data.toByteArray());
    }

    /** @param place 0 for the top */
    static Packet insertHeader(int place, String name, String value) {
        return header('i', place, name, value);
    }

    /** @param occurrence 1 for the topmost of that name */
    static Packet removeHeader(int occurrence, String name) {
        return header('m', occurrence, name, "");
    }

    private static Packet header(char code, int number, String name, String value) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
        data.writeBytes(ended(name));
        data.writeBytes(ended(value));
        return new Packet((byte) code, data.toByteArray());
    }

    private static byte[] ended(String text) {
        return (text + "\0").getBytes(StandardCharsets.ISO_8859_1);
    }
}
