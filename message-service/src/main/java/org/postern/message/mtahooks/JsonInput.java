package org.postern.message.mtahooks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON document (RFC 8259) as it comes, value by value, and keeps none of it. A string can be read as a stream, so
 * that one of any length needs no more than the buffer: Jackson collects every string before it hands the first character
 * out. What is not JSON, nested too deep or not UTF-8 is refused.
 */
final class JsonInput {
    private static final int BUFFER = 16 * 1024;
    private static final int LONGEST_NAME = 256;

    private final InputStream in;
    private final boolean[] begun;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    private int depth;
    private long replaced;

    /** @param mostDepth of objects and arrays within one another */
    JsonInput(InputStream in, int mostDepth) {
        this.in = in;
        this.begun = new boolean[mostDepth + 1];
    }

    /** How many U+FFFD there were in the strings: each may stand for bytes that were no UTF-8. */
    long replaced() {
        return replaced;
    }

    void beginObject() throws IOException {
        begin('{', "an object");
    }

    /** The name of the object's next member, whose value comes next; null at its end. */
    @Nullable String name() throws IOException {
        if (isOver('}')) {
            return null;
        }
        String name = string(LONGEST_NAME);
        if (peek() != ':') {
            throw RefusedHookException.json("A name is not followed by a colon.");
        }
        at++;
        return name;
    }

    void beginArray() throws IOException {
        begin('[', "an array");
    }

    /** Whether the array has a next element, which comes next. */
    boolean hasElement() throws IOException {
        return !isOver(']');
    }

    /** A string of at most so many bytes in UTF-8. */
    String string(int most) throws IOException {
        byte[] bytes = bytes(most);
        if (bytes == null) {
            throw RefusedHookException.hook("json-too-long", "A string is longer than is taken here.");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** A string in UTF-8; null where it has more bytes, which are passed over. */
    byte @Nullable [] bytes(int most) throws IOException {
        JsonText text = text();
        byte[] bytes = text.readNBytes(most);
        if (text.read() < 0) {
            return bytes;
        }
        text.passOver();
        return null;
    }

    /** A string or null. */
    @Nullable String stringOrNull(int most) throws IOException {
        return isNull() ? null : string(most);
    }

    /** A string as a stream of UTF-8, to be read to its end before anything else is. */
    JsonText text() throws IOException {
        if (peek() != '"') {
            throw RefusedHookException.json("There is something else where a string belongs.");
        }
        at++;
        return new JsonText(this);
    }

    /** Whether the next value is null; then it is passed over. */
    boolean isNull() throws IOException {
        if (peek() != 'n') {
            return false;
        }
        word("null");
        return true;
    }

    /** Passes the next value over, and whatever is in it. */
    void skip() throws IOException {
        switch (peek()) {
            case '{' -> {
                beginObject();
                while (name() != null) {
                    skip();
                }
            }
            case '[' -> {
                beginArray();
                while (hasElement()) {
                    skip();
                }
            }
            case '"' -> text().passOver();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        }
    }

    /** The document is over: nothing but white space comes, and then the end of the stream. */
    void end() throws IOException {
        if (depth != 0 || peek() >= 0) {
            throw RefusedHookException.json("Something comes after the document.");
        }
    }

    private void begin(char bracket, String what) throws IOException {
        if (peek() != bracket) {
            throw RefusedHookException.json("There is something else where " + what + " belongs.");
        }
        at++;
        if (++depth == begun.length) {
            throw RefusedHookException.hook("json-too-deep", "The document is nested deeper than is taken here.");
        }
        begun[depth] = false;
    }

    private boolean isOver(char bracket) throws IOException {
        int next = peek();
        if (next == bracket) {
            at++;
            depth--;
            return true;
        }
        if (begun[depth]) {
            if (next != ',') {
                throw RefusedHookException.json("A comma or a closing bracket is missing.");
            }
            at++;
        }
        begun[depth] = true;
        return false;
    }

    private void word(String word) throws IOException {
        for (int i = 0; i < word.length(); i++) {
            if (next() != word.charAt(i)) {
                throw RefusedHookException.json("There is a word that is none of JSON.");
            }
        }
    }

    private void number() throws IOException {
        if (current() == '-') {
            at++;
        }
        if (current() == '0') {
            at++;
        } else {
            digits();
        }
        if (current() == '.') {
            at++;
            digits();
        }
        if (current() == 'e' || current() == 'E') {
            at++;
            if (current() == '+' || current() == '-') {
                at++;
            }
            digits();
        }
    }

    private void digits() throws IOException {
        if (!isDigit(current())) {
            throw RefusedHookException.json("There is something else where a value belongs.");
        }
        while (isDigit(current())) {
            at++;
        }
    }

    private static boolean isDigit(int b) {
        return b >= '0' && b <= '9';
    }

    /** The next byte that is no white space, which stays where it is; negative at the end. */
    private int peek() throws IOException {
        int b = current();
        while (b == ' ' || b == '\t' || b == '\n' || b == '\r') {
            at++;
            b = current();
        }
        return b;
    }

    private int current() throws IOException {
        return at < end || fill() ? buffer[at] & 0xff : -1;
    }

    /** The next byte. @throws RefusedHookException at the end */
    int next() throws IOException {
        if (at == end && !fill()) {
            throw RefusedHookException.json("The document ends too early.");
        }
        return buffer[at++] & 0xff;
    }

    /** Copies bytes of a string that stand for themselves: printable ASCII. @return how many; 0 where another comes */
    int plain(byte[] into, int offset, int length) throws IOException {
        if (at == end && !fill()) {
            throw RefusedHookException.json("The document ends too early.");
        }
        int last = Math.min(end, at + length);
        int to = at;
        while (to < last && isPlain(buffer[to])) {
            to++;
        }
        int n = to - at;
        System.arraycopy(buffer, at, into, offset, n);
        at = to;
        return n;
    }

    private static boolean isPlain(byte b) {
        return b >= ' ' && b != '"' && b != '\\';
    }

    void countReplaced() {
        replaced++;
    }

    private boolean fill() throws IOException {
        int n = in.read(buffer, 0, buffer.length);
        at = 0;
        end = Math.max(0, n);
        return n > 0;
    }
}
