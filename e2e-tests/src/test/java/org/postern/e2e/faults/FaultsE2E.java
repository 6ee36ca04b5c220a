package org.postern.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postern.e2e.suite.Suite;
import org.postern.testsupport.Postfix;

/**
 * {@code kill -9} of services, broker, database and engines, one after the other in an order drawn from a seed, while mails
 * come in by REST and through a real Postfix: none is lost, and each ends as it does where nothing is killed.
 *
 * <p>{@code ./postern faults} runs the long form of it: {@code -Dpostern.faults.mails}, {@code -Dpostern.faults.kills} and
 * {@code -Dpostern.faults.seed}.
 */
class FaultsE2E {
    private static final int MAILS = Integer.getInteger("postern.faults.mails", 48);
    private static final int KILLS = Integer.getInteger("postern.faults.kills", 9);
    private static final long SEED = Long.getLong("postern.faults.seed", 1);
    private static final int CLIENTS = 8;
    private static final List<String> VICTIMS =
            List.of("scan", "spam", "message", "render", "push", "gateway", "kafka", "postgres", "clamd", "rspamd");

    /** A part comes back in seconds; a mail that waits for one is handed in again in between. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static Postfix postfix;

    @BeforeAll
    static void start() {
        postfix = Postfix.start(Suite.running().port("MILTER"), Suite.running().port("POSTFIX"));
    }

    @AfterAll
    static void stop() {
        if (postfix != null) {
            postfix.close();
        }
    }

    @AfterEach
    void bringEverythingBack() {
        Suite.running().bringUp();
    }

    @Test
    void no_mail_is_lost_or_judged_otherwise() throws Exception {
        List<String> usual = List.copyOf(
                new NumberedMails("usual", postfix, LONGEST).outcomes(handIn("usual", NumberedMails.KINDS, 0)));
        RepeatedEvents before = RepeatedEvents.onAllTopics();

        SortedMap<Integer, String> handedIn = handIn("faults", MAILS, KILLS);

        NumberedMails mails = new NumberedMails("faults", postfix, LONGEST);
        List<String> outcomes = mails.outcomes(handedIn);
        RepeatedEvents.onAllTopics()
                .since(before)
                .forEach((topic, counts) -> System.out.printf("faults: %-24s %s%n", topic, counts));
        System.out.printf(
                "faults: %d mails, %d kills, seed %d: %d lost, %d judged otherwise%n",
                MAILS, KILLS, SEED, MAILS - outcomes.size(), differences(outcomes, usual));
        assertThat(outcomes).hasSize(MAILS);
        for (int number = 0; number < MAILS; number++) {
            assertThat(outcomes.get(number))
                    .as("mail %d, %s", number, NumberedMails.nameOf(number))
                    .isEqualTo(usual.get(number % NumberedMails.KINDS));
        }
    }

    /** Hands so many mails in while so many parts are killed; what was answered in the end to each. */
    private static SortedMap<Integer, String> handIn(String run, int count, int kills) throws Exception {
        NumberedMails mails = new NumberedMails(run, postfix, LONGEST);
        AtomicInteger accepted = new AtomicInteger();
        // A part that comes back takes longer than many mails: without a gate the last kills would meet none.
        Semaphore gate = new Semaphore(kills == 0 ? count : 0);
        Map<Integer, Future<String>> answers = new TreeMap<>();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            for (int i = 0; i < count; i++) {
                int number = i;
                answers.put(number, clients.submit(() -> {
                    gate.acquire();
                    String answer = mails.handIn(number);
                    accepted.incrementAndGet();
                    return answer;
                }));
            }
            List<String> victims = victims(kills);
            Random moments = new Random(SEED);
            for (int kill = 0; kill < kills; kill++) {
                int before = (int) ((long) kill * count / kills);
                int now = (int) ((kill + 1L) * count / kills) - before;
                int some = before + moments.nextInt(now);
                gate.release(now);
                await().atMost(LONGEST).until(() -> accepted.get() >= some);
                Suite.running().kill(victims.get(kill));
                Suite.running().bringUp();
                System.out.printf("faults: killed %s after %d mails%n", victims.get(kill), accepted.get());
            }
            SortedMap<Integer, String> all = new TreeMap<>();
            for (Map.Entry<Integer, Future<String>> answer : answers.entrySet()) {
                all.put(answer.getKey(), answer.getValue().get());
            }
            return all;
        } finally {
            // Where a part does not come back, nobody hands the remaining mails in for minutes each.
            clients.shutdownNow();
        }
    }

    /** All in turn, each turn in an order of its own. */
    private static List<String> victims(int kills) {
        Random random = new Random(SEED);
        List<String> order = new ArrayList<>();
        while (order.size() < kills) {
            List<String> turn = new ArrayList<>(VICTIMS);
            Collections.shuffle(turn, random);
            order.addAll(turn);
        }
        return order.subList(0, kills);
    }

    private static long differences(List<String> outcomes, List<String> usual) {
        long differences = 0;
        for (int number = 0; number < outcomes.size(); number++) {
            differences += outcomes.get(number).equals(usual.get(number % NumberedMails.KINDS)) ? 0 : 1;
        }
        return differences;
    }
}
