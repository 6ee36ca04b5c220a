package org.postern.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.postern.testsupport.OidcProvider;

/** What a provider says of who has logged in (OpenID Connect Core, 3.1.3.7 and 12.2). */
class IdTokenTest {
    private static final String ISSUER = "https://id.example";
    private static final String ACCESS = "an.access.token";
    private static final Duration SKEW = Duration.ofSeconds(10);
    private static final TokenRules RULES =
            new TokenRules(Set.of("RS256"), Set.of(), SKEW, Duration.ofHours(24), 16_384);

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/tokens/id-tokens.csv", delimiter = '|', quoteCharacter = '`')
    void an_id_token_is_taken_only_where_it_is_for_us_and_this_login(
            String kind, String fate, String reason, String claims) throws Exception {
        IdToken.Expected login = new IdToken.Expected(ISSUER, "client", "n", null, null);
        if (fate.equals("accepted")) {
            assertThat(read(claims, login).subject()).isEqualTo("s");
        } else {
            assertRefused(claims, login, reason);
        }
    }

    @Test
    void a_renewal_must_be_of_the_same_subject_and_needs_no_nonce() throws Exception {
        String claims = "{\"iss\":\"@ISS@\",\"aud\":\"client\",\"sub\":\"s\",\"iat\":@NOW@,\"exp\":@EXP@}";
        assertThat(read(claims, new IdToken.Expected(ISSUER, "client", null, null, "s"))
                        .subject())
                .isEqualTo("s");
        assertRefused(claims, new IdToken.Expected(ISSUER, "client", null, null, "another"), "subject-changed");
    }

    @Test
    void where_an_age_was_asked_the_token_must_say_when() throws Exception {
        IdToken.Expected recent = new IdToken.Expected(ISSUER, "client", null, Duration.ofMinutes(5), null);
        String claims = "{\"iss\":\"@ISS@\",\"aud\":\"client\",\"sub\":\"s\",\"iat\":@NOW@,\"exp\":@EXP@@WHEN@}";
        assertThat(read(claims.replace("@WHEN@", ",\"auth_time\":@NOW@"), recent)
                        .subject())
                .isEqualTo("s");
        assertRefused(claims.replace("@WHEN@", ",\"auth_time\":@PAST@"), recent, "authentication-too-old");
        assertRefused(claims.replace("@WHEN@", ""), recent, "authentication-too-old");
    }

    private static void assertRefused(String claims, IdToken.Expected expected, String reason) {
        assertThatThrownBy(() -> read(claims, expected))
                .isInstanceOfSatisfying(TokenRefusedException.class, refused -> assertThat(refused.reason())
                        .isEqualTo(reason));
    }

    private static IdToken read(String claims, IdToken.Expected expected) throws Exception {
        Instant now = Instant.now();
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(ACCESS.getBytes(StandardCharsets.US_ASCII));
        String filled = claims.replace("@ISS@", ISSUER)
                .replace("@NOW@", Long.toString(now.getEpochSecond()))
                .replace("@EXP@", Long.toString(now.getEpochSecond() + 300))
                .replace("@PAST@", Long.toString(now.getEpochSecond() - 900))
                .replace("@FUTURE@", Long.toString(now.getEpochSecond() + 900))
                .replace("@HASH@", Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 16)));
        CompactToken token = CompactToken.of(OidcProvider.signed("{\"alg\":\"RS256\"}", filled), RULES);
        return IdToken.of(token, expected, ACCESS, SKEW, now);
    }
}
