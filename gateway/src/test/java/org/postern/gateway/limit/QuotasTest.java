package org.postern.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotasTest {
    private final Quotas quotas = new Quotas(
            Quota.of("3/60S"),
            Map.of("small", Quota.of("1/60S")),
            Map.of("crowd", Quota.of("5/60S")),
            Map.of("POST /v1/scan", Quota.of("2/1M")),
            Quota.of("2/60S"),
            Quota.of("2/60S"),
            null);

    private Quotas.Taken take(String caller, String tenant, String route) {
        AtomicReference<Quotas.Taken> taken = new AtomicReference<>();
        quotas.take(caller, tenant, route, taken::set, Assertions::fail);
        return taken.get();
    }

    @Test
    void an_address_shows_signed_addresses_only_so_often_and_nobody_else_pays_for_it() {
        assertThat(quotas.takeSigned("192.0.2.1").granted()).isTrue();
        assertThat(quotas.takeSigned("192.0.2.1").granted()).isTrue();
        assertThat(quotas.takeSigned("192.0.2.1").granted()).isFalse();
        assertThat(quotas.takeSigned("192.0.2.2").granted()).isTrue();
        assertThat(quotas.look("192.0.2.1").granted())
                .as("for bad tokens it is another quota")
                .isTrue();
    }

    @Test
    void a_caller_gets_so_many_and_is_told_how_long_to_wait() {
        assertThat(take("a", "default", "GET /x").remaining()).isEqualTo(2);
        take("a", "default", "GET /x");
        take("a", "default", "GET /x");
        Quotas.Taken refused = take("a", "default", "GET /x");
        assertThat(refused.granted()).isFalse();
        assertThat(refused.seconds()).isBetween(1L, 20L);
        assertThat(take("b", "default", "GET /x").granted()).isTrue();
    }

    @Test
    void a_route_of_its_own_quota_is_full_before() {
        take("a", "default", "POST /v1/scan");
        assertThat(take("a", "default", "POST /v1/scan").granted()).isTrue();
        assertThat(take("a", "default", "POST /v1/scan").granted()).isFalse();
    }

    @Test
    void a_tenant_may_have_another_quota() {
        assertThat(take("a", "small", "GET /x").granted()).isTrue();
        assertThat(take("a", "small", "GET /x").granted()).isFalse();
    }

    @Test
    void a_tenant_may_have_a_quota_for_all_its_callers_together() {
        for (String caller : List.of("a", "b", "c", "d", "e")) {
            assertThat(take(caller, "crowd", "GET /x").wholeTenant())
                    .as("whether the tenant has less left than %s", caller)
                    .isEqualTo(caller.equals("d") || caller.equals("e"));
        }
        Quotas.Taken refused = take("f", "crowd", "GET /x");
        assertThat(refused.granted()).isFalse();
        assertThat(refused.wholeTenant()).isTrue();
        assertThat(refused.quota()).isEqualTo(Quota.of("5/60S"));
        assertThat(refused.seconds()).isBetween(1L, 12L);
        assertThat(take("f", "default", "GET /x").granted())
                .as("in another tenant")
                .isTrue();
    }

    @Test
    void what_a_caller_himself_is_refused_takes_nothing_of_his_tenant() {
        for (int i = 0; i < 9; i++) {
            take("a", "crowd", "POST /v1/scan");
        }
        Quotas.Taken taken = take("b", "crowd", "GET /x");
        assertThat(taken.remaining()).as("two were granted before").isEqualTo(2);
        assertThat(take("a", "crowd", "GET /x").wholeTenant()).isFalse();
    }

    @Test
    void an_address_is_looked_at_until_it_has_sent_too_many_bad_tokens() {
        assertThat(quotas.look("192.0.2.1").granted()).isTrue();
        quotas.bad("192.0.2.1");
        quotas.bad("192.0.2.1");
        assertThat(quotas.look("192.0.2.1").granted()).isFalse();
        assertThat(quotas.look("192.0.2.2").granted()).isTrue();
    }

    @Test
    void a_quota_is_read_as_requests_and_a_time() {
        assertThat(Quota.of("600/60S")).isEqualTo(new Quota(600, Duration.ofMinutes(1)));
        assertThat(Quota.of("5/1M")).isEqualTo(new Quota(5, Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "600", "600/", "/60S", "x/60S", "600/x", "0/60S", "1/0S", "1/2/3"})
    void what_is_no_quota_does_not_start(String text) {
        assertThatThrownBy(() -> Quota.of(text)).isInstanceOfAny(RuntimeException.class);
    }
}
