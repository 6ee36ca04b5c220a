package org.postern.spam.analysis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postern.events.mail.AuthenticationResult;
import org.postern.events.mail.DkimSignature;
import org.postern.events.mail.SenderAuthentication;
import org.postern.spam.phishing.PhishingAnalysis;
import org.postern.spam.phishing.Wording;
import org.postern.spam.phishing.tables.TableFiles;
import org.postern.spam.phishing.view.ParsedMail;

class UpstreamTest {
    private static final PhishingAnalysis ANALYSIS = new PhishingAnalysis(TableFiles.bundled(), new Wording());
    private static final Upstream BORDER = new Upstream(List.of("mx.firm.example"), 1);
    private static final String TRUE_FIELD = """
            Authentication-Results: mx.firm.example (a comment; with = signs);
             spf=pass smtp.mailfrom=shop.example;
             dkim=pass (2048-bit key) header.d=shop.example header.s=s1;
             dmarc = pass (p=reject) header.from=shop.example
            """;
    private static final String RECEIVED =
            "Received: from shop.example by mx.firm.example; Mon, 2 Nov 2026 09:00:00 +0000\n";
    private static final String FORGED = """
            Authentication-Results: mx.firm.example; spf=pass; dkim=pass header.d=shop.example; dmarc=pass header.from=shop.example
            """;
    private static final String REST = "From: Shop <news@shop.example>\n\nhello\n";

    @Test
    void believesNobodyByDefault() throws IOException {
        assertThat(Upstream.none().field(read(TRUE_FIELD + RECEIVED + REST))).isEmpty();
    }

    @Test
    void takesTheWordOfAServerThatIsListed() throws IOException {
        SenderAuthentication facts = facts(TRUE_FIELD + RECEIVED + REST).orElseThrow();

        assertThat(facts.spf()).isEqualTo(AuthenticationResult.PASS);
        assertThat(facts.dmarc()).isEqualTo(AuthenticationResult.PASS);
        assertThat(facts.dkim()).hasSize(1).first().satisfies(signature -> {
            assertThat(signature.result()).isEqualTo(AuthenticationResult.PASS);
            assertThat(signature.selector()).isEqualTo("s1");
        });
    }

    @Test
    void takesItBelowTheReceivedFieldOfThatServerTooAndNotBelowMore() throws IOException {
        assertThat(facts(RECEIVED + TRUE_FIELD + REST)).isPresent();
        assertThat(facts(RECEIVED + RECEIVED + TRUE_FIELD + REST)).isEmpty();
    }

    @Test
    void ignoresAFieldThatTheSenderWroteBelowThatOfTheServer() throws IOException {
        String refused = FORGED.replace("pass", "fail");

        SenderAuthentication facts = facts(refused + RECEIVED + FORGED + REST).orElseThrow();

        assertThat(facts.spf()).isEqualTo(AuthenticationResult.FAIL);
        assertThat(facts.dmarc()).isEqualTo(AuthenticationResult.FAIL);
    }

    @Test
    void ignoresAFieldThatCameBeforeTheBorder() throws IOException {
        assertThat(facts(RECEIVED + RECEIVED + FORGED + REST)).isEmpty();
    }

    @Test
    void ignoresAServerThatIsNotListed() throws IOException {
        assertThat(facts(TRUE_FIELD.replace("mx.firm", "mx.other") + REST)).isEmpty();
        assertThat(facts(TRUE_FIELD.replace("mx.firm.example", "mx.firm.example.evil.example") + REST))
                .isEmpty();
    }

    @Test
    void takesNoDmarcOfAnotherDomainThanThatInFrom() throws IOException {
        SenderAuthentication facts = facts(
                        TRUE_FIELD.replace("header.from=shop.example", "header.from=other.example") + REST)
                .orElseThrow();

        assertThat(facts.dmarc()).isEqualTo(AuthenticationResult.NONE);
    }

    @Test
    void readsNoResultOutOfACommentOrAQuotedText() throws IOException {
        SenderAuthentication facts = facts("Authentication-Results: mx.firm.example; spf=fail (; dmarc=pass"
                        + " header.from=shop.example) reason=\"; dkim=pass header.d=shop.example\"\n" + REST)
                .orElseThrow();

        assertThat(facts.spf()).isEqualTo(AuthenticationResult.FAIL);
        assertThat(facts.dmarc()).isEqualTo(AuthenticationResult.NONE);
        assertThat(facts.dkim()).isEmpty();
    }

    @Test
    void readsNothingOfAFieldThatIsLongerThanAnyHonestOne() throws IOException {
        assertThat(facts("Authentication-Results: mx.firm.example; spf=pass;" + " x=y".repeat(3000) + "\n" + REST))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void believesNobodyWhereAFieldOfOurServersCannotBeRead(String unreadable) throws IOException {
        String field = "Authentication-Results: " + unreadable + "\n";

        assertThat(facts(field + RECEIVED + FORGED + REST)).isEmpty();
        assertThat(facts(RECEIVED + field + FORGED + REST)).isEmpty();
        assertThat(facts(TRUE_FIELD + RECEIVED + field + REST))
                .as("below a field that decides it does not matter")
                .isPresent();
    }

    static Stream<String> believesNobodyWhereAFieldOfOurServersCannotBeRead() {
        return Stream.of(
                "mx.firm.example; spf=fail;" + " x=y".repeat(3000),
                "; spf=fail",
                "(a comment only)",
                "(a comment without an end mx.firm.example; spf=fail",
                "\"mx.firm.example; spf=fail",
                "mx.firm.example; spf=fail reason=\"without an end");
    }

    private static Optional<SenderAuthentication> facts(String mail) throws IOException {
        List<DkimSignature> none = List.of();
        SenderAuthentication ours = new SenderAuthentication(
                AuthenticationResult.SOFTFAIL, none, AuthenticationResult.NONE, null, AuthenticationResult.NONE);
        return BORDER.field(read(mail)).map(field -> Upstream.complete(ours, field, "shop.example"));
    }

    private static ParsedMail read(String mail) throws IOException {
        return ANALYSIS.read(new ByteArrayInputStream(mail.replace("\n", "\r\n").getBytes(UTF_8)));
    }
}
