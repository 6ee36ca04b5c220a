package org.postern.message.milter;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.postern.message.desk.Desk;
import org.postern.message.desk.DeskTerms;
import org.postern.message.desk.HandIn;
import org.postern.message.desk.Outcome;
import org.postern.message.desk.SmtpEnvelope;
import org.postern.message.intake.SmtpMail;
import org.postern.message.stamp.ForeignFields;

/**
 * A message while it comes in. Its bytes are put together as its sender wrote them, so that signatures over them hold, and
 * go to the desk as they come.
 */
final class IncomingMessage {
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final int COLLECTED = 32 * 1024;

    private final SmtpEnvelope envelope;
    private final ForeignFields foreign;
    private final boolean leadingSpace;
    private final long mostHeaderBytes;
    private final BodyPipe pipe = new BodyPipe();
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private @Nullable HandIn handIn;
    private long headerBytes;
    private int fields;
    private boolean headEnded;
    private @Nullable String refusal;

    IncomingMessage(SmtpEnvelope envelope, ForeignFields foreign, boolean leadingSpace, long mostHeaderBytes) {
        this.envelope = envelope;
        this.foreign = foreign;
        this.leadingSpace = leadingSpace;
        this.mostHeaderBytes = mostHeaderBytes;
    }

    SmtpEnvelope envelope() {
        return envelope;
    }

    ForeignFields foreign() {
        return foreign;
    }

    AnswerWriter writer() {
        return new AnswerWriter(envelope, leadingSpace);
    }

    /** Whether there was a byte of it. */
    boolean hasBegun() {
        return handIn != null || refusal != null;
    }

    /** It is not taken in: what comes of it is thrown away, and at its end this is the reply. */
    void refuse(String reply) {
        refusal = reply;
        pipe.abandon();
    }

    @Nullable String refusal() {
        return refusal;
    }

    boolean isHeadTooLong() {
        return headerBytes > mostHeaderBytes || fields > DeskTerms.MOST_FIELDS;
    }

    /** Begins to hand the message in, before there is a byte of it. */
    void begin(Desk desk, SmtpMail mail, Executor executor) {
        handIn = HandIn.begin(desk, mail, pipe.in(), executor, pipe::abandon);
    }

    void header(byte[] name, byte[] value) throws InterruptedException, MalformedPacketException {
        if (headEnded) {
            throw new MalformedPacketException("a header after the head");
        }
        fields++;
        headerBytes += name.length + value.length + 4L;
        if (isHeadTooLong()) {
            // It will be refused; until then nothing more of it is kept.
            return;
        }
        foreign.take(Packet.text(name), Packet.text(value));
        collected.writeBytes(name);
        collected.write(':');
        if (!leadingSpace) {
            collected.write(' ');
        }
        writeLines(value);
        collected.writeBytes(LINE_END);
        flushAt(COLLECTED);
    }

    /** Mail servers hand the lines of a folded header over with a bare line feed. */
    private void writeLines(byte[] value) {
        for (int i = 0; i < value.length; i++) {
            if (value[i] == '\n' && (i == 0 || value[i - 1] != '\r')) {
                collected.write('\r');
            }
            collected.write(value[i]);
        }
    }

    void headEnds() {
        if (!headEnded) {
            headEnded = true;
            collected.writeBytes(LINE_END);
        }
    }

    void body(byte[] bytes) throws InterruptedException {
        if (isHeadTooLong()) {
            return;
        }
        headEnds();
        flushAt(1);
        pipe.write(bytes);
    }

    /** The last byte was here. @return what became of the message */
    Outcome end(Duration within) throws InterruptedException {
        HandIn begun = handIn;
        if (begun == null) {
            throw new IllegalStateException("a message ends that did not begin");
        }
        headEnds();
        flushAt(1);
        pipe.end();
        return begun.outcome(within);
    }

    /** The message does not come to its end: nothing of it is kept. */
    void breakOff() throws InterruptedException {
        if (handIn != null) {
            pipe.breakOff();
        }
    }

    private void flushAt(int bytes) throws InterruptedException {
        if (collected.size() >= bytes) {
            pipe.write(collected.toByteArray());
            collected.reset();
        }
    }

    /** Name and value of a header frame. */
    static byte[][] nameAndValue(Packet packet) throws MalformedPacketException {
        byte[] data = packet.data();
        int end = 0;
        while (end < data.length && data[end] != 0) {
            end++;
        }
        if (end == 0 || data.length < end + 2 || data[data.length - 1] != 0) {
            throw new MalformedPacketException("a header without a name or an end");
        }
        return new byte[][] {Arrays.copyOf(data, end), Arrays.copyOfRange(data, end + 1, data.length - 1)};
    }
}
