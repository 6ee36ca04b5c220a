package org.postern.spam.phishing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postern.events.DomainName;
import org.postern.events.mail.AuthenticationResult;
import org.postern.events.mail.DkimSignature;
import org.postern.events.mail.Finding;
import org.postern.events.mail.SenderAuthentication;
import org.postern.events.mail.SenderIdentities;
import org.postern.spam.phishing.check.Circumstances;
import org.postern.spam.phishing.tables.TableFiles;

/** What is believed of a sender rests on what was verified, never on what the sender wrote. */
class ProvenSenderTest {
    private static final PhishingAnalysis ANALYSIS = new PhishingAnalysis(TableFiles.bundled(), new Wording());
    private static final String OF_BRAND = """
            From: PayPal <service@paypal.com>
            To: Reader <reader@firm.example>
            Subject: Receipt
            """;
    private static final String SEALED_RESULT =
            "ARC-Authentication-Results: i=1; mx.firm.example; dkim=pass header.d=paypal.com; dmarc=pass\n";

    @Test
    void a_brand_without_its_signature_is_told() throws IOException {
        assertThat(codes(OF_BRAND, told(AuthenticationResult.NONE, List.of(), null, false)))
                .contains("brand-sender-unsigned");
    }

    @Test
    void a_signature_that_anybody_can_write_is_none_of_the_brand() throws IOException {
        String mail = OF_BRAND + "DKIM-Signature: v=1; a=rsa-sha256; d=paypal.com; s=x; b=AAAA\n";
        assertThat(codes(
                        mail,
                        told(AuthenticationResult.NONE, signed("paypal.com", AuthenticationResult.FAIL), null, false)))
                .contains("brand-sender-unsigned");
    }

    @Test
    void a_signature_that_holds_or_could_not_be_verified_now_is_the_brands() throws IOException {
        assertThat(codes(
                        OF_BRAND,
                        told(AuthenticationResult.NONE, signed("paypal.com", AuthenticationResult.PASS), null, true)))
                .doesNotContain("brand-sender-unsigned");
        assertThat(codes(
                        OF_BRAND,
                        told(
                                AuthenticationResult.NONE,
                                signed("paypal.com", AuthenticationResult.TEMPERROR),
                                null,
                                false)))
                .doesNotContain("brand-sender-unsigned");
    }

    @Test
    void a_forwarder_of_the_readers_own_is_believed_by_its_seal() throws IOException {
        assertThat(codes(
                        OF_BRAND + SEALED_RESULT,
                        told(AuthenticationResult.PASS, List.of(), "relay.firm.example", false)))
                .doesNotContain("brand-sender-unsigned");
    }

    @Test
    void a_seal_of_a_stranger_or_one_that_is_broken_or_saw_no_pass_clears_nothing() throws IOException {
        assertThat(codes(OF_BRAND + SEALED_RESULT, told(AuthenticationResult.PASS, List.of(), "fraud.example", false)))
                .contains("brand-sender-unsigned");
        assertThat(codes(OF_BRAND + SEALED_RESULT, told(AuthenticationResult.FAIL, List.of(), "firm.example", false)))
                .contains("brand-sender-unsigned");
        assertThat(codes(
                        OF_BRAND + SEALED_RESULT.replace("dmarc=pass", "dmarc=fail"),
                        told(AuthenticationResult.PASS, List.of(), "firm.example", false)))
                .contains("brand-sender-unsigned");
    }

    @Test
    void a_counter_of_clicks_is_milder_only_where_it_provably_sent_the_mail() throws IOException {
        String mail = """
                From: Shop <news@shop.example>
                To: Reader <reader@firm.example>
                List-Unsubscribe: <https://click.mailer.example/u>
                Content-Type: text/html

                <a href="https://click.mailer.example/1">www.paypal.com</a>""";
        assertThat(codesOf(
                        mail,
                        told(
                                AuthenticationResult.NONE,
                                signed("mailer.example", AuthenticationResult.PASS),
                                null,
                                false)))
                .contains("link-shows-brand-counted")
                .doesNotContain("link-shows-brand");
        assertThat(codesOf(
                        mail,
                        told(
                                AuthenticationResult.NONE,
                                signed("mailer.example", AuthenticationResult.FAIL),
                                null,
                                false)))
                .contains("link-shows-brand");
    }

    private static List<DkimSignature> signed(String domain, AuthenticationResult result) {
        return List.of(new DkimSignature(DomainName.of(domain), "x", result));
    }

    private static SenderAuthentication told(
            AuthenticationResult arc, List<DkimSignature> dkim, @Nullable String sealer, boolean aligned) {
        return new SenderAuthentication(
                AuthenticationResult.NONE,
                dkim,
                AuthenticationResult.NONE,
                null,
                arc,
                new SenderIdentities(
                        null,
                        null,
                        null,
                        false,
                        aligned,
                        sealer == null ? 0 : 1,
                        sealer == null ? null : DomainName.of(sealer)));
    }

    private static List<String> codes(String header, SenderAuthentication told) throws IOException {
        return codesOf(header + "\nThank you. https://www.paypal.com/x", told);
    }

    private static List<String> codesOf(String mail, SenderAuthentication told) throws IOException {
        Circumstances circumstances =
                new Circumstances(List.of("reader@firm.example"), List.of("firm.example"), List.of(), told, null);
        return ANALYSIS
                .look(ANALYSIS.read(new ByteArrayInputStream(mail.getBytes(UTF_8))), circumstances)
                .findings()
                .stream()
                .map(Finding::code)
                .toList();
    }
}
