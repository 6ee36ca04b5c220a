package org.postern.message.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.events.EnvelopeSender;
import org.postern.events.MailAddress;
import org.postern.events.mail.Client;
import org.postern.events.mail.Envelope;

class EnvelopeParserTest {
    private final EnvelopeParser parser = new EnvelopeParser(1000);

    @Test
    void foldsRecipientsThatAreTheSameAndKeepsTheirOrder() {
        Envelope envelope = parser.envelope(to("bob@example.org, <carol@example.org>", "BOB@Example.ORG,", "a@x.org"));

        assertThat(envelope.recipients())
                .extracting(MailAddress::value)
                .containsExactly("bob@example.org", "carol@example.org", "a@x.org");
    }

    @Test
    void keepsACommaInAQuotedLocalPart() {
        assertThat(parser.envelope(to("\"o,d\\\"d\"@example.org,x@example.org")).recipients())
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<>", " <> "})
    void takesTheNullSender(String from) {
        assertThat(parser.envelope(headers(List.of(from), List.of("b@example.org")))
                        .from())
                .isEqualTo(new EnvelopeSender.NullSender());
    }

    @Test
    void readsAddressesInUtf8AsHttpHandsThemOver() {
        String raw = new String("müller@example.org".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

        assertThat(parser.envelope(to(raw)).recipients().getFirst().localPart()).isEqualTo("müller");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b@example.org\r\nX-Evil: 1",
                "b@example.org\n",
                "b\u0000@example.org",
                "b\u007f@example.org",
                "m\u00fcller@example.org"
            })
    void refusesControlCharactersAndBrokenText(String value) {
        assertRefused(to(value), Refusal.ENVELOPE_TO_MALFORMED);
        assertRefused(headers(List.of(value), List.of("b@example.org")), Refusal.ENVELOPE_FROM_MALFORMED);
    }

    @Test
    void refusesMoreThanOneSender() {
        assertRefused(headers(List.of("a@x.org", "b@x.org"), List.of("b@x.org")), Refusal.ENVELOPE_FROM_MALFORMED);
    }

    @Test
    void countsRecipientsAfterFolding() {
        List<String> thousand = IntStream.range(0, 1000)
                .mapToObj(i -> "r" + i + "@example.org, R" + i + "@example.org")
                .toList();

        assertThat(parser.envelope(headers(List.of("<>"), thousand)).recipients())
                .hasSize(1000);
        assertRefused(
                headers(
                        List.of("<>"),
                        IntStream.range(0, 1001)
                                .mapToObj(i -> "r" + i + "@x.org")
                                .toList()),
                Refusal.TOO_MANY_RECIPIENTS);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "::ffff:192.0.2.1, 192.0.2.1",
        "2001:DB8::1, 2001:db8:0:0:0:0:0:1",
    })
    void tellsAnAddressInOneSpelling(String ip, String canonical) {
        assertThat(client(ip).ip()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.3", "01.2.3.4", "256.1.1.1", "1.2.3.4:25", "example.org", ":", ":::", "12345::", "1"})
    void refusesWhatIsNoAddress(String ip) {
        assertThatThrownBy(() -> client(ip))
                .isInstanceOfSatisfying(RefusedRequestException.class, e -> assertThat(e.refusal())
                        .isEqualTo(Refusal.CLIENT_IP_MALFORMED));
    }

    @Test
    void neverRepeatsWhatWasSent() {
        assertThatThrownBy(() -> parser.envelope(to("very secret@example.org"))).hasMessageNotContaining("secret");
    }

    private Client client(String ip) {
        return parser.client(new EnvelopeHeaders(List.of(), List.of(), List.of(ip), List.of(), List.of()));
    }

    private void assertRefused(EnvelopeHeaders headers, Refusal refusal) {
        assertThatThrownBy(() -> parser.envelope(headers))
                .isInstanceOfSatisfying(RefusedRequestException.class, e -> assertThat(e.refusal())
                        .isEqualTo(refusal));
    }

    private static EnvelopeHeaders to(String... to) {
        return headers(List.of("<>"), List.of(to));
    }

    private static EnvelopeHeaders headers(List<String> from, List<String> to) {
        return new EnvelopeHeaders(from, to, List.of(), List.of(), List.of());
    }
}
