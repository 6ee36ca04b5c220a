package org.postern.render.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.events.ContentHash;
import org.postern.events.MalformedValueException;
import org.postern.events.ObjectId;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;

class PartTokensTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final ObjectReference MAIL = new ObjectReference(
            Tenant.DEFAULT, ObjectId.of("0f8fad5bd9cb469fa16570867728950e"), ContentHash.of("ab".repeat(32)), 1000);

    private final PartTokens tokens = at(NOW);

    @Test
    void namesThePartThatWasSigned() throws InvalidImageTokenException {
        PartAddress address = new PartAddress(MAIL, "1.2.3");

        assertThat(tokens.verify(tokens.sign(address))).isEqualTo(address);
    }

    @Test
    void isAlikeOnOneDayAndThenNotGoodForEver() {
        String token = tokens.sign(new PartAddress(MAIL, "2"));

        assertThat(at(NOW.plus(Duration.ofHours(5))).sign(new PartAddress(MAIL, "2")))
                .isEqualTo(token);
        assertThatThrownBy(() -> at(NOW.plus(Duration.ofDays(3))).verify(token))
                .isInstanceOfSatisfying(InvalidImageTokenException.class, e -> assertThat(e.isExpired())
                        .isTrue());
    }

    @Test
    void isOfNoUseForAnotherPartOrForTheImageProxy() {
        String token = tokens.sign(new PartAddress(MAIL, "2"));
        int last = token.lastIndexOf('.');
        String other = token.substring(0, last - 1) + "3" + token.substring(last);

        assertThatThrownBy(() -> tokens.verify(other))
                .isInstanceOf(InvalidImageTokenException.class)
                .hasMessage("not signed with our key");
        ImageTokens images = new ImageTokens(new byte[32], Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofDays(1));
        assertThat(images.isOurs(token)).isFalse();
        assertThat(PartTokens.isOne(token)).isTrue();
        assertThat(PartTokens.isOne(images.sign(new ImageAddress(Tenant.DEFAULT, "http://i.example/a"))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m1", "m1.......", "v1.default.1.x.y"})
    void whatIsNoneIsRefused(String token) {
        assertThatThrownBy(() -> tokens.verify(token)).isInstanceOf(InvalidImageTokenException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1.", "1-2", "1..2", "../1"})
    void aPartHasAPlace(String part) {
        assertThatThrownBy(() -> new PartAddress(MAIL, part)).isInstanceOf(MalformedValueException.class);
    }

    private static PartTokens at(Instant now) {
        return new PartTokens(new byte[32], Clock.fixed(now, ZoneOffset.UTC), Duration.ofDays(1));
    }
}
