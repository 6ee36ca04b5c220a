package org.postern.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KeptAnswerTest {
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void many_questions_in_a_short_time_are_asked_once() throws Exception {
        KeptAnswer<Integer> kept = new KeptAnswer<>(asked::incrementAndGet, Duration.ofMinutes(1));

        for (int i = 0; i < 10; i++) {
            assertThat(kept.recent()).isEqualTo(1);
        }
    }

    @Test
    void an_answer_that_is_not_kept_is_asked_for_each_time() throws Exception {
        KeptAnswer<Integer> kept = new KeptAnswer<>(asked::incrementAndGet, Duration.ZERO);

        assertThat(kept.recent()).isEqualTo(1);
        assertThat(kept.recent()).isEqualTo(2);
    }

    @Test
    void whoever_wants_the_answer_of_now_gets_it_and_the_others_after_that() throws Exception {
        KeptAnswer<Integer> kept = new KeptAnswer<>(asked::incrementAndGet, Duration.ofMinutes(1));

        kept.recent();
        assertThat(kept.now()).isEqualTo(2);
        assertThat(kept.recent()).isEqualTo(2);
    }

    @Test
    void of_many_at_once_one_asks_and_all_hear() throws Exception {
        CountDownLatch everybodyWaits = new CountDownLatch(8);
        KeptAnswer<Integer> kept = new KeptAnswer<>(
                () -> {
                    everybodyWaits.await();
                    return asked.incrementAndGet();
                },
                Duration.ofMinutes(1));
        Callable<Integer> one = () -> {
            everybodyWaits.countDown();
            return kept.recent();
        };

        List<Future<Integer>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                answers.add(threads.submit(one));
            }
        }
        for (Future<Integer> answer : answers) {
            assertThat(answer.get()).isEqualTo(1);
        }
    }
}
