package org.postern.scan.clamav;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What clamd can reply to a stream. Everything that is not one of its words is {@link NotUnderstood}. */
sealed interface ClamdReply {
    /** Nothing was found. */
    record Ok() implements ClamdReply {}

    /** Something was found; its name is a signature, or a heuristic. */
    record Found(String name) implements ClamdReply {}

    /** The stream is longer than {@code StreamMaxLength}; clamd closes the connection. */
    record TooLarge() implements ClamdReply {}

    /** clamd waited too long for the next bytes. */
    record ReadTimedOut() implements ClamdReply {}

    /** Not an answer. */
    record NotUnderstood() implements ClamdReply {}

    /** With {@code ExtendedDetectionInfo} the name is followed by hash and size of what matched. */
    Pattern FOUND = Pattern.compile("stream: ([\\x21-\\x7e]{1,200}?)(?:\\([0-9a-f]{32,64}:\\d{1,20}\\))? FOUND");

    /** Reads a reply, without its terminator. */
    static ClamdReply of(String text) {
        if (text.equals("stream: OK")) {
            return new Ok();
        }
        if (text.equals("INSTREAM size limit exceeded. ERROR")) {
            return new TooLarge();
        }
        if (text.equals("COMMAND READ TIMED OUT")) {
            return new ReadTimedOut();
        }
        Matcher found = FOUND.matcher(text);
        return found.matches() ? new Found(found.group(1)) : new NotUnderstood();
    }
}
