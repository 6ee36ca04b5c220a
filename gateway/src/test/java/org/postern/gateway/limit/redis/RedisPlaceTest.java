package org.postern.gateway.limit.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.events.RecipientHashKey;

class RedisPlaceTest {
    @TempDir
    Path folder;

    private static RedisOptions options(String address) {
        return RedisPlace.of(address, Optional.empty(), Optional.empty()).options();
    }

    @ParameterizedTest
    @CsvSource({
        "redis://cache, redis://cache:6379",
        "redis://cache:1, redis://cache:1",
        "redis://cache:1/3, redis://cache:1/3",
        "redis://door@cache:1, redis://cache:1?user=door",
        "rediss://[::1]:1/, rediss://[::1]:1/",
    })
    void an_address_is_handed_on_as_the_client_reads_it(String address, String connection) {
        assertThat(options(address).getEndpoint()).isEqualTo(connection);
    }

    @Test
    void with_tls_the_name_of_the_host_is_checked() {
        assertThat(options("rediss://cache").getNetClientOptions().isSsl()).isTrue();
        assertThat(options("rediss://cache").getNetClientOptions().getHostnameVerificationAlgorithm())
                .isEqualTo("HTTPS");
        assertThat(options("redis://cache").getNetClientOptions().isSsl()).isFalse();
    }

    @Test
    void a_password_is_read_without_what_surrounds_it_and_told_nobody() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "hush\n");
        RedisPlace place = RedisPlace.of("redis://cache", Optional.of(file), Optional.empty());
        assertThat(place.options().getPassword()).isEqualTo("hush");
        assertThat(place).asString().doesNotContain("hush");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cache:6379",
                "http://cache",
                "redis:cache",
                "redis://",
                "redis://cache/x",
                "redis://cache?db=1",
                "redis://cache#1",
                "redis://cache,other:1",
                "redis://a b",
                "redis://%41@cache"
            })
    void an_address_of_another_form_is_refused_with_the_name_of_its_setting(String address) {
        assertThatThrownBy(() -> options(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("postern.gateway.limits.shared.redis ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://:hush@cache", "redis://door:hush@cache", "redis://door:hu sh@cache"})
    void a_password_in_an_address_is_refused_and_not_repeated(String address) {
        assertThatThrownBy(() -> options(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageStartingWith("postern.gateway.limits.shared.redis ")
                .message()
                .doesNotContain("hush", "hu sh");
    }

    @Test
    void a_password_file_that_is_missing_or_empty_is_refused() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), " \n");
        assertThatThrownBy(() -> RedisPlace.of("redis://cache", Optional.of(empty), Optional.empty()))
                .hasMessage("postern.gateway.limits.shared.password-file is empty: " + empty);
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> RedisPlace.of("redis://cache", Optional.of(missing), Optional.empty()))
                .hasMessage("postern.gateway.limits.shared.password-file cannot be read: " + missing);
    }

    @Test
    void certificates_are_for_tls_and_must_be_some() throws IOException {
        Path none = Files.writeString(folder.resolve("ca.pem"), "none");
        assertThatThrownBy(() -> RedisPlace.of("rediss://cache", Optional.empty(), Optional.of(none)))
                .hasMessageStartingWith("postern.gateway.limits.shared.trust-file holds no certificate");
        assertThatThrownBy(() -> RedisPlace.of("redis://cache", Optional.empty(), Optional.of(none)))
                .hasMessage("postern.gateway.limits.shared.trust-file is for rediss:// only");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.0005S", "PT0.101S", "PT1M", "PT-1S"})
    void a_time_limit_that_is_none_or_too_long_is_refused(Duration limit) {
        RedisPlace place = RedisPlace.of("redis://cache", Optional.empty(), Optional.empty());
        RecipientHashKey key = RecipientHashKey.ofBase64(Base64.getEncoder().encodeToString(new byte[32]));
        Vertx vertx = Vertx.vertx();
        try {
            assertThatThrownBy(() -> new RedisBuckets(vertx, place, limit, key))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("postern.gateway.limits.shared.time-limit ");
        } finally {
            vertx.close();
        }
    }
}
