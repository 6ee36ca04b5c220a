package org.postern.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SharedQuotasTest {
    private static final Quota GENERAL = Quota.of("3/600S");
    private static final Quota SCAN = Quota.of("2/600S");
    private static final Quota CROWD = Quota.of("50/600S");
    private static final Quota MUCH = Quota.of("1000/600S");

    private final Deque<CompletableFuture<Optional<Quotas.Taken>>> answers = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final Quotas quotas = new Quotas(
            GENERAL,
            Map.of("big", MUCH),
            Map.of("crowd", CROWD),
            Map.of("POST /v1/scan", SCAN),
            MUCH,
            MUCH,
            () -> (what, whose, quota) -> {
                asked.add(what + "|" + whose + "|" + quota.requests());
                return answers.isEmpty() ? CompletableFuture.completedFuture(Optional.empty()) : answers.remove();
            });

    private void answer(Quota quota, boolean granted, long remaining) {
        answers.add(CompletableFuture.completedFuture(Optional.of(new Quotas.Taken(granted, quota, remaining, 7))));
    }

    private Quotas.Taken take(String tenant, String route) {
        AtomicReference<Quotas.Taken> taken = new AtomicReference<>();
        quotas.take(
                "a", tenant, route, taken::set, failure -> assertThat(failure).isNull());
        return taken.get();
    }

    @Test
    void what_all_replicas_have_left_is_told_where_it_is_less() {
        answer(GENERAL, true, 1);
        assertThat(take("default", "GET /x")).isEqualTo(new Quotas.Taken(true, GENERAL, 1, 7));
        answer(GENERAL, true, 3);
        assertThat(take("default", "GET /x").remaining())
                .as("of this replica's own, which the others' cannot exceed")
                .isEqualTo(1);
    }

    @Test
    void what_all_replicas_refuse_is_refused_and_costs_nothing_here() {
        for (int i = 0; i < 5; i++) {
            answer(GENERAL, false, 0);
            assertThat(take("default", "GET /x")).isEqualTo(new Quotas.Taken(false, GENERAL, 0, 7));
        }
        assertThat(take("default", "GET /x").remaining()).isEqualTo(2);
    }

    @Test
    void where_the_others_cannot_be_heard_this_replica_decides() {
        for (int left = 2; left >= 0; left--) {
            assertThat(take("default", "GET /x").remaining()).isEqualTo(left);
        }
        assertThat(take("default", "GET /x").granted()).isFalse();
    }

    @Test
    void nobody_is_asked_for_what_this_replica_has_given_out_already() {
        for (int i = 0; i < 5; i++) {
            take("default", "GET /x");
        }
        assertThat(asked).hasSize(3);
    }

    @Test
    void a_route_is_asked_for_after_all_requests_and_only_where_those_allow_it() {
        answer(GENERAL, true, 2);
        answer(SCAN, true, 0);
        assertThat(take("default", "POST /v1/scan")).isEqualTo(new Quotas.Taken(true, SCAN, 0, 7));
        answer(GENERAL, false, 0);
        assertThat(take("default", "POST /v1/scan").quota()).isEqualTo(GENERAL);
        assertThat(asked).containsExactly("|a|3", "POST /v1/scan|a|2", "|a|3");
    }

    @Test
    void a_tenants_quota_is_shared_as_its_own() {
        take("big", "GET /x");
        assertThat(asked).containsExactly("|a|1000");
    }

    @Test
    void a_whole_tenants_quota_is_shared_and_asked_for_last() {
        answer(GENERAL, true, 2);
        answer(SCAN, true, 1);
        answer(CROWD, true, 0);
        assertThat(take("crowd", "POST /v1/scan")).isEqualTo(new Quotas.Taken(true, CROWD, 0, 7, true));
        answer(GENERAL, true, 1);
        answer(CROWD, false, 0);
        assertThat(take("crowd", "GET /x")).isEqualTo(new Quotas.Taken(false, CROWD, 0, 7, true));
        answer(GENERAL, false, 0);
        assertThat(take("crowd", "GET /x").wholeTenant()).isFalse();
        assertThat(asked)
                .containsExactly("|a|3", "POST /v1/scan|a|2", "tenant|crowd|50", "|a|3", "tenant|crowd|50", "|a|3");
    }

    @Test
    void strangers_make_nobody_ask() {
        quotas.takeSigned("192.0.2.1");
        quotas.takeLogout("192.0.2.1");
        quotas.bad("192.0.2.1");
        assertThat(quotas.look("192.0.2.1").granted()).isTrue();
        assertThat(asked).isEmpty();
    }

    @Test
    void an_answer_that_comes_later_goes_on_later_and_what_it_throws_is_told() {
        CompletableFuture<Optional<Quotas.Taken>> later = new CompletableFuture<>();
        answers.add(later);
        AtomicReference<Throwable> told = new AtomicReference<>();
        quotas.take(
                "a",
                "default",
                "GET /x",
                taken -> {
                    throw new IllegalStateException("went on");
                },
                told::set);
        assertThat(told).hasNullValue();
        later.complete(Optional.empty());
        assertThat(told.get()).hasRootCauseMessage("went on").hasRootCauseInstanceOf(IllegalStateException.class);
    }
}
