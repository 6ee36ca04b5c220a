package org.postern.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postern.engine.UntilAnswered.Told;

class UntilAnsweredTest {
    private static final TryRules RULES =
            new TryRules(Duration.ofSeconds(25), 3, new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5)));

    private final List<Duration> pauses = new ArrayList<>();
    private final Deque<Attempt<String>> attempts = new ArrayDeque<>();
    private int unhealthy;

    @Test
    void an_answer_is_told_at_once() throws Exception {
        attempts.add(new Attempt.Answered<>("clean"));

        assertThat(ask()).isEqualTo(new Told<>("clean", true));
        assertThat(pauses).isEmpty();
    }

    @Test
    void an_engine_that_is_away_is_waited_for_however_long_that_takes() throws Exception {
        attempts.addAll(Collections.nCopies(50, new Attempt.EngineAway<>()));
        attempts.add(new Attempt.Answered<>("clean"));

        assertThat(ask()).isEqualTo(new Told<>("clean", true));
        assertThat(pauses).hasSize(50).allSatisfy(pause -> assertThat(pause)
                .isLessThanOrEqualTo(Duration.ofSeconds(5)));
    }

    @Test
    void a_body_that_fails_while_the_engine_answers_others_is_given_up() throws Exception {
        attempts.addAll(List.of(new Attempt.Failed<>("1"), new Attempt.Failed<>("2"), new Attempt.Failed<>("3")));

        assertThat(ask()).isEqualTo(new Told<>("3", false));
        assertThat(pauses).hasSize(2);
    }

    @Test
    void a_failure_is_not_repeated_before_the_engine_answers_others() throws Exception {
        unhealthy = 20;
        attempts.addAll(List.of(new Attempt.Failed<>("1"), new Attempt.Answered<>("clean")));

        assertThat(ask()).isEqualTo(new Told<>("clean", true));
        assertThat(unhealthy).isZero();
        assertThat(pauses).hasSize(21);
    }

    @Test
    void what_an_engine_that_is_away_does_not_say_counts_nothing_against_the_body() throws Exception {
        attempts.addAll(List.of(
                new Attempt.Failed<>("1"),
                new Attempt.EngineAway<>(),
                new Attempt.Failed<>("2"),
                new Attempt.EngineAway<>(),
                new Attempt.Answered<>("clean")));

        assertThat(ask()).isEqualTo(new Told<>("clean", true));
    }

    @Test
    void a_body_that_is_gone_is_given_up_at_once() throws Exception {
        attempts.add(new Attempt.Hopeless<>("gone"));

        assertThat(ask()).isEqualTo(new Told<>("gone", false));
        assertThat(pauses).isEmpty();
    }

    @Test
    void a_body_that_is_away_is_waited_for_without_asking_the_engine_how_it_is() throws Exception {
        unhealthy = 1_000;
        attempts.addAll(Collections.nCopies(7, new Attempt.BodyAway<>()));
        attempts.add(new Attempt.Answered<>("clean"));

        assertThat(ask()).isEqualTo(new Told<>("clean", true));
        assertThat(pauses).hasSize(7);
        assertThat(unhealthy).isEqualTo(1_000);
    }

    @Test
    void whoever_is_stopped_waits_no_longer() {
        attempts.add(new Attempt.EngineAway<>());
        UntilAnswered stopped = new UntilAnswered(
                RULES,
                time -> {
                    throw new InterruptedException();
                },
                () -> true);

        assertThatThrownBy(() -> stopped.ask(attempts::remove)).isInstanceOf(InterruptedException.class);
    }

    private Told<String> ask() throws InterruptedException {
        return new UntilAnswered(RULES, pauses::add, this::isHealthy).ask(attempts::remove);
    }

    private boolean isHealthy() {
        if (unhealthy == 0) {
            return true;
        }
        unhealthy--;
        return false;
    }
}
