package org.postern.message.milter;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postern.events.mail.Client;
import org.postern.events.mail.MailDirection;
import org.postern.events.mail.SmtpSession;
import org.postern.message.SmtpAnswers;
import org.postern.message.intake.SmtpMail;
import org.postern.message.stamp.Stamps;

/**
 * The conversation with a mail server over one connection: any number of messages, one after another. What is not the
 * protocol, or not in its order, ends the connection; the mail server then does with the message what it was told to do
 * without us, which is to put it off.
 */
final class MilterSession implements Runnable {
    private static final Logger LOG = Logger.getLogger(MilterSession.class);
    private static final int LONGEST_QUEUE_ID = 64;

    private final PacketLine line;
    private final Desk desk;
    private final Stamps stamps;
    private final AnswerWriter writer;
    private final MilterTerms terms;
    private final Executor executor;
    private final MilterMetrics metrics;
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
            MilterMetrics metrics) {
        this.line = line;
        this.desk = desk;
        this.stamps = stamps;
        this.writer = new AnswerWriter(answers, stamps, terms.shadow());
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
            metrics.hungUp(MilterMetrics.Hangup.MALFORMED);
            LOG.warnf("a mail server is hung up on: %s", e.getMessage());
        } catch (EOFException e) {
            metrics.hungUp(MilterMetrics.Hangup.LOST);
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
            case RECIPIENT -> envelopeInHand("a recipient").envelope().add(packet);
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
                new SmtpEnvelope(packet, terms.authservId(), terms.mostRecipients()),
                stamps.foreign(),
                negotiated().hasLeadingSpace(),
                terms.mostHeaderBytes());
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
        String user = macros.get("auth_authen");
        Client host = client.client();
        boolean out = user != null || isOurs(host.ip());
        return new SmtpMail(
                terms.tenant(),
                current.envelope().envelope(),
                host,
                out ? MailDirection.OUTBOUND : MailDirection.INBOUND,
                new SmtpSession(queueId(), user));
    }

    private boolean isOurs(@Nullable String ip) {
        if (ip == null || terms.outboundNetworks().isEmpty()) {
            return false;
        }
        try {
            InetAddress address = InetAddress.getByName(ip);
            return terms.outboundNetworks().stream().anyMatch(network -> network.contains(address));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private @Nullable String queueId() {
        String id = macros.get("i");
        boolean readable = id != null
                && id.length() <= LONGEST_QUEUE_ID
                && id.chars().allMatch(c -> Character.isLetterOrDigit(c) && c < 0x80);
        return readable ? id : null;
    }

    private void bodyEnd(Packet packet) throws IOException, InterruptedException {
        IncomingMessage current = contentInHand("the end of a body");
        current.body(packet.data());
        long lastByte = System.nanoTime();
        Answer answer = answer(current);
        message = null;
        if (line.isLost()) {
            // Nobody hears the answer: it is none. When the message comes again it is there.
            throw new EOFException("the mail server hung up while it was to wait");
        }
        line.write(answer.packets());
        metrics.answered(answer.word(), Duration.ofNanos(System.nanoTime() - lastByte));
        LOG.infof(
                "queue id %s, message %s: %s",
                Objects.requireNonNullElse(queueId(), "-"), answer.id() == null ? "-" : answer.id(), answer.word());
        macros.forgetMessage();
        Answer.HandedOver handOver = answer.handOver();
        if (handOver != null) {
            desk.handedOver(handOver.message(), handOver.answered());
        }
    }

    private Answer answer(IncomingMessage current) throws InterruptedException {
        String refusal = current.refusal();
        if (refusal == null && current.isHeadTooLong()) {
            refusal = "552 5.3.4 The head of the message is larger than is taken here";
        }
        if (refusal != null) {
            current.breakOff();
            return Answer.refused(refusal);
        }
        Optional<Outcome> outcome = current.end(terms.answerWithin());
        try {
            return writer.answer(
                    outcome.orElseGet(() -> new Outcome.Unjudged(null, JudgementDesk.COME_AGAIN)), current.head());
        } catch (UnacceptableEnvelopeException e) {
            return Answer.refused(e.reply());
        }
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
