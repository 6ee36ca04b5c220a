package org.postern.events.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.events.DomainName;

class AuthenticationResultsFieldTest {
    private static final DkimSignature SIGNED =
            new DkimSignature(DomainName.of("example.com"), "s1", AuthenticationResult.PASS, "rsa-sha256");

    @Test
    void every_method_is_told_with_the_domain_it_is_about() {
        SenderAuthentication authentication = authentication(
                List.of(SIGNED),
                new SenderIdentities(
                        DomainName.of("bounces.example.com"),
                        DomainName.of("mx.example.com"),
                        DomainName.of("example.com"),
                        true,
                        true,
                        2,
                        DomainName.of("lists.example.net")));

        assertThat(AuthenticationResultsField.value("mx.example.org", authentication))
                .isEqualTo("mx.example.org;\r\n"
                        + "\tspf=pass smtp.mailfrom=bounces.example.com;\r\n"
                        + "\tdkim=pass header.d=example.com header.s=s1 header.a=rsa-sha256;\r\n"
                        + "\tdmarc=pass (p=reject) header.from=example.com;\r\n"
                        + "\tarc=pass (i=2) header.d=lists.example.net");
    }

    @Test
    void without_a_reverse_path_spf_is_about_the_name_of_the_client() {
        SenderAuthentication authentication = authentication(
                List.of(), new SenderIdentities(null, DomainName.of("mx.example.com"), null, false, false, 0, null));

        assertThat(AuthenticationResultsField.value("mx.example.org", authentication))
                .contains("spf=pass smtp.helo=mx.example.com;", "dkim=none;", "dmarc=pass (p=reject);")
                .endsWith("arc=pass");
    }

    @Test
    void an_event_of_before_the_identities_has_results_alone() {
        assertThat(AuthenticationResultsField.value("mx.example.org", SenderAuthentication.unverified()))
                .isEqualTo(
                        "mx.example.org;\r\n\tspf=temperror;\r\n\tdkim=none;\r\n\tdmarc=temperror;\r\n\tarc=temperror");
    }

    @ParameterizedTest
    @EnumSource(AuthenticationResult.class)
    void every_word_is_written_as_it_is(AuthenticationResult result) {
        SenderAuthentication authentication = new SenderAuthentication(result, List.of(), result, null, result);

        assertThat(AuthenticationResultsField.value("mx", authentication))
                .contains("spf=" + result.word(), "dmarc=" + result.word(), "arc=" + result.word());
    }

    @ParameterizedTest
    @ValueSource(strings = {"s1\r\nX-Forged: yes", "s1; dkim=pass header.d=bank.example", "(", "", "s p"})
    void a_selector_that_is_no_token_cannot_write_into_the_field(String selector) {
        DkimSignature hostile =
                new DkimSignature(DomainName.of("example.com"), selector, AuthenticationResult.FAIL, selector);

        assertThat(AuthenticationResultsField.value("mx", authentication(List.of(hostile), null)))
                .contains("\tdkim=fail header.d=example.com;\r\n")
                .doesNotContain("Forged", "bank");
    }

    @Test
    void a_flood_of_signatures_is_counted_and_not_written_out() {
        assertThat(AuthenticationResultsField.value("mx", authentication(Collections.nCopies(500, SIGNED), null)))
                .contains("dkim=policy (480 more signatures are not told)")
                .hasSizeLessThan(4000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mx example", "mx;", "mx\r\n"})
    void the_authserv_id_must_be_a_host_name(String id) {
        assertThatThrownBy(() -> AuthenticationResultsField.value(id, SenderAuthentication.unverified()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static SenderAuthentication authentication(
            List<DkimSignature> signatures, @Nullable SenderIdentities identities) {
        return new SenderAuthentication(
                AuthenticationResult.PASS,
                signatures,
                AuthenticationResult.PASS,
                "reject",
                AuthenticationResult.PASS,
                identities);
    }
}
