package org.postern.store.reference;

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
import org.postern.events.ObjectId;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;

class ObjectReferenceSignerTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final ObjectReference REFERENCE =
            new ObjectReference(Tenant.DEFAULT, ObjectId.of("ab".repeat(16)), ContentHash.of("cd".repeat(32)), 42);

    private final ObjectReferenceSigner signer = signer(NOW, 1);

    @Test
    void a_signed_reference_is_read_back_until_it_expires() throws InvalidSignedReferenceException {
        String signed = signer.sign(REFERENCE, Duration.ofSeconds(60));
        assertThat(signer(NOW.plusSeconds(59), 1).verify(signed)).isEqualTo(REFERENCE);
        assertThatThrownBy(() -> signer(NOW.plusSeconds(60), 1).verify(signed))
                .isInstanceOf(InvalidSignedReferenceException.class)
                .hasMessage("expired");
    }

    @Test
    void another_key_does_not_verify_it() {
        String signed = signer.sign(REFERENCE, Duration.ofSeconds(60));
        assertThatThrownBy(() -> signer(NOW, 2).verify(signed)).isInstanceOf(InvalidSignedReferenceException.class);
    }

    @Test
    void no_field_can_be_changed() {
        String signed = signer.sign(REFERENCE, Duration.ofSeconds(60));
        String[] fields = signed.split("\\.");
        for (int i = 0; i < fields.length; i++) {
            String[] changed = fields.clone();
            changed[i] = changed[i].startsWith("1") ? "2" + changed[i].substring(1) : "1" + changed[i].substring(1);
            String forged = String.join(".", changed);
            assertThatThrownBy(() -> signer.verify(forged)).isInstanceOf(InvalidSignedReferenceException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1", "v1......", "v1.default.a.b.c.d.e", "....................."})
    void what_is_not_a_signed_reference_is_refused(String text) {
        assertThatThrownBy(() -> signer.verify(text)).isInstanceOf(InvalidSignedReferenceException.class);
    }

    private static ObjectReferenceSigner signer(Instant now, int keyByte) {
        byte[] key = new byte[32];
        key[0] = (byte) keyByte;
        return new ObjectReferenceSigner(key, Clock.fixed(now, ZoneOffset.UTC));
    }
}
