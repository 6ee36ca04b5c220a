package org.postern.message.milter;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postern.message.desk.Answer;
import org.postern.message.desk.ComposeAnswer;
import org.postern.message.desk.Desk;
import org.postern.message.desk.DeskTerms;
import org.postern.message.desk.SmtpAnswers;
import org.postern.message.desk.SmtpEnvelope;
import org.postern.message.desk.UnacceptableEnvelopeException;
import org.postern.message.intake.SmtpMail;
import org.postern.message.metrics.PortMetrics;
import org.postern.message.stamp.Stamps;

/**
 * The conversation with a mail server over one connection: any number of messages, one after another. What is not the
 * protocol, or not in its order, ends the connection; the mail server then does with the message what it was told to do
 * without us, which is to put it off.
 */
final class MilterSession implements Runnable {
    private static final Logger LOG = Logger.getLogger(MilterSession.class);

    private final PacketLine line;
    private final Desk desk;
    private final Stamps stamps;
    private final ComposeAnswer compose;
    private final MilterTerms terms;
    private final Executor executor;
    private final PortMetrics metrics;
    private final ConnectedClient client = new ConnectedClient();
    private final Macros macros = new Macros();

    private @Nullable Negotiation negotiation;
    private @Nullable IncomingMessage message;

    MilterSession(
            PacketLine line,
            Desk desk,
            Stamps stamps,
            SmtpAnswers answers,
            MilterTerms terms,
            Executor executor,
            PortMetrics metrics) {
        this.line = line;
        this.desk = desk;
        this.stamps = stamps;
        this.compose = new ComposeAnswer(answers, stamps, terms.desk().shadow());
        this.terms = terms;
        this.executor = executor;
        this.metrics = metrics;
    }

    /** Listens until the mail server has no more to say. */
    @Override
    public void run() {
        try (line) {
            boolean more = true;
            while (more) {
                Packet packet = line.read();
                more = packet != null && heard(packet);
            }
        } catch (MalformedPacketException e) {
            metrics.hungUp(PortMetrics.Hangup.MALFORMED);
            LOG.warnf("a mail server is hung up on: %s", e.getMessage());
        } catch (EOFException e) {
            metrics.hungUp(PortMetrics.Hangup.LOST);
            LOG.debug("a mail server hung up in the middle");
        } catch (IOException e) {
            LOG.debugf(
                    "the connection to a mail server is lost: %s", e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("a bug of ours ends the connection to a mail server", e);
        } finally {
            forgetAtTheEnd();
        }
    }

    /** @return whether there is more to hear */
    private boolean heard(Packet packet) throws IOException, InterruptedException {
        Command command =
                Command.of(packet.code()).orElseThrow(() -> new MalformedPacketException("a command that is none"));
        if (command != Command.NEGOTIATE && negotiation == null && command != Command.QUIT) {
            throw new MalformedPacketException("a command before the two have agreed");
        }
        switch (command) {
            case NEGOTIATE -> negotiate(packet);
            case MACRO -> macros.take(packet);
            case CONNECT -> client.connected(packet);
            case HELO -> client.greeted(packet);
            case MAIL -> mail(packet);
            case RECIPIENT -> envelopeInHand("a recipient").envelope().add(path(packet));
            case DATA -> envelopeInHand("data");
            case HEADER -> {
                byte[][] header = IncomingMessage.nameAndValue(packet);
                contentInHand("a header").header(header[0], header[1]);
            }
            case HEADERS_END -> contentInHand("the end of a head").headEnds();
            case BODY -> contentInHand("a body").body(packet.data());
            case BODY_END -> bodyEnd(packet);
            case ABORT -> forgetMessage();
            case UNKNOWN -> LOG.debug("an SMTP command that is not known");
            case QUIT_AND_STAY -> {
                forgetMessage();
                client.left();
                macros.forgetConnection();
            }
            case QUIT -> {
                return false;
            }
        }
        if (command.wantsReply(negotiated().protocol())) {
            line.write(List.of(Reply.goOn()));
        }
        return true;
    }

    private void negotiate(Packet packet) throws IOException {
        if (negotiation != null) {
            throw new MalformedPacketException("a second offer");
        }
        Negotiation agreed = Negotiation.answerTo(packet.data(), terms.hold());
        negotiation = agreed;
        line.write(List.of(agreed.packet()));
    }

    private Negotiation negotiated() {
        return Objects.requireNonNull(negotiation, "checked for every command");
    }

    private void mail(Packet packet) throws MalformedPacketException {
        if (message != null && message.hasBegun()) {
            throw new MalformedPacketException("a sender within a message");
        }
        message = new IncomingMessage(
                new SmtpEnvelope(
                        path(packet), terms.desk().authservId(), terms.desk().mostRecipients()),
                stamps.foreign(),
                negotiated().hasLeadingSpace(),
                terms.desk().mostHeaderBytes());
    }

    private IncomingMessage envelopeInHand(String what) throws MalformedPacketException {
        if (message == null || message.hasBegun()) {
            throw new MalformedPacketException(what + " that belongs to no envelope");
        }
        return message;
    }

    /** The message whose bytes come now; the first of them begins it. */
    private IncomingMessage contentInHand(String what) throws MalformedPacketException {
        IncomingMessage current = message;
        if (current == null || current.envelope().isWithoutRecipient()) {
            throw new MalformedPacketException(what + " that belongs to no message");
        }
        if (!current.hasBegun()) {
            try {
                current.begin(desk, asked(current), executor);
            } catch (UnacceptableEnvelopeException e) {
                current.refuse(e.reply());
            }
        }
        return current;
    }

    private SmtpMail asked(IncomingMessage current) throws UnacceptableEnvelopeException {
        return terms.desk()
                .mail(current.envelope().envelope(), client.client(), macros.get("auth_authen"), macros.get("i"));
    }

    private void bodyEnd(Packet packet) throws IOException, InterruptedException {
        IncomingMessage current = contentInHand("the end of a body");
        current.body(packet.data());
        long lastByte = System.nanoTime();
        Answer answer = answer(current);
        List<Packet> packets = packets(answer, current);
        message = null;
        if (line.isLost()) {
            // Nobody hears the answer: it is none. When the message comes again it is there.
            throw new EOFException("the mail server hung up while it was to wait");
        }
        line.write(packets);
        metrics.answered(answer.word(), Duration.ofNanos(System.nanoTime() - lastByte));
        LOG.infof(
                "queue id %s, message %s: %s",
                Objects.requireNonNullElse(DeskTerms.readable(macros.get("i")), "-"),
                answer.id() == null ? "-" : answer.id(),
                answer.word());
        macros.forgetMessage();
        Answer.HandedOver handOver = answer.handOver();
        if (handOver != null) {
            desk.handedOver(handOver.message(), handOver.answered());
        }
    }

    private Answer answer(IncomingMessage current) throws InterruptedException {
        String refusal = current.refusal();
        if (refusal == null && current.isHeadTooLong()) {
            refusal = DeskTerms.HEAD_TOO_LONG;
        }
        if (refusal != null) {
            current.breakOff();
            return Answer.refused(refusal);
        }
        return compose.answer(current.end(terms.desk().answerWithin()), current.foreign());
    }

    private static List<Packet> packets(Answer answer, IncomingMessage current) {
        try {
            return current.writer().packets(answer.instruction());
        } catch (UnacceptableEnvelopeException e) {
            throw new IllegalStateException("an envelope was read and cannot be read again", e);
        }
    }

    private static byte[] path(Packet packet) throws MalformedPacketException {
        List<byte[]> strings = packet.strings(0);
        if (strings.isEmpty()) {
            throw new MalformedPacketException("an envelope without a path");
        }
        return strings.getFirst();
    }

    private void forgetMessage() throws InterruptedException {
        if (message != null) {
            message.breakOff();
            message = null;
        }
        macros.forgetMessage();
    }

    private void forgetAtTheEnd() {
        try {
            forgetMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
