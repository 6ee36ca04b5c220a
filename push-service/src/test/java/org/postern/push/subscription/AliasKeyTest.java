package org.postern.push.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.postern.events.MalformedValueException;
import org.postern.events.push.AccountId;

class AliasKeyTest {
    private static final AccountId ACCOUNT = AccountId.of("account");

    /** By hand: {@code printf account | openssl dgst -sha256 -mac HMAC -macopt hexkey:0001…1f}, the first 16 bytes. */
    @Test
    void anAliasIsTheFirstHalfOfAnHmac() {
        assertThat(new AliasKey("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8").alias(ACCOUNT))
                .isEqualTo("-NuFEvdyxFUbkFC2mzlgfA");
    }

    @Test
    void oneAccountHasAnotherAliasWithEachKeyAndAlwaysTheSameWithOne() {
        AliasKey key = AliasKey.random();
        assertThat(key.alias(ACCOUNT))
                .isEqualTo(key.alias(ACCOUNT))
                .isNotEqualTo(AliasKey.random().alias(ACCOUNT))
                .isNotEqualTo(key.alias(AccountId.of("another")));
    }

    @Test
    void anAliasIsAnAccountIdThatAnAppCanKeep() {
        assertThat(AccountId.of(AliasKey.random().alias(ACCOUNT)).value()).hasSize(22);
    }

    @Test
    void aKeyIsThirtyTwoBytesAndInNoText() {
        assertThatThrownBy(() -> new AliasKey("short"))
                .isInstanceOf(MalformedValueException.class)
                .hasMessageNotContaining("short");
        AliasKey key = AliasKey.random();
        assertThat(key.toString()).doesNotContain(key.value());
    }
}
