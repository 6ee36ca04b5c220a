package org.postern.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * {@code kill -9} of each service in turn while mails come in: once the queues are empty, every mail that was accepted has
 * the disposition it has in a run without kills. {@code -Dpostern.kill.mails=200} for the long form.
 */
class KilledServicesE2E {
    private static final int MAILS = Integer.getInteger("postern.kill.mails", 40);
    private static final List<String> VICTIMS = List.of("scan", "spam", "message", "render", "push", "gateway");

    @AfterEach
    void bringEverythingBack() {
        Suite.running().bringUp();
    }

    @Test
    void no_accepted_mail_is_lost_or_judged_otherwise() throws Exception {
        Map<Integer, String> undisturbed = settle(submitAll(new AtomicInteger(), List.of()));
        AtomicInteger interim = new AtomicInteger();
        Map<Integer, String> disturbed = settle(submitAll(interim, VICTIMS));
        System.out.printf("%d mails, %d interim judgements seen during kills%n", MAILS, interim.get());
        assertThat(disturbed).isEqualTo(undisturbed);
    }

    /** Hands all mails in, each until it is accepted; the message id of each. */
    private static Map<Integer, String> submitAll(AtomicInteger interim, List<String> victims) throws Exception {
        AtomicInteger accepted = new AtomicInteger();
        Map<Integer, Future<String>> ids = new LinkedHashMap<>();
        ExecutorService clients = Executors.newFixedThreadPool(4);
        try {
            for (int i = 0; i < MAILS; i++) {
                int number = i;
                ids.put(i, clients.submit(() -> submitUntilAccepted(number, accepted, interim)));
            }
            for (int v = 0; v < victims.size(); v++) {
                int after = v * MAILS / victims.size();
                await().atMost(Duration.ofMinutes(3)).until(() -> accepted.get() >= after);
                Suite.running().kill(victims.get(v));
                Suite.running().bringUp();
            }
            return collected(ids);
        } finally {
            // Where a part does not come back, nobody hands the remaining mails in for minutes each.
            clients.shutdownNow();
        }
    }

    private static Map<Integer, String> collected(Map<Integer, Future<String>> ids)
            throws InterruptedException, ExecutionException {
        Map<Integer, String> all = new LinkedHashMap<>();
        for (Map.Entry<Integer, Future<String>> id : ids.entrySet()) {
            all.put(id.getKey(), id.getValue().get());
        }
        return all;
    }

    private static String submitUntilAccepted(int number, AtomicInteger accepted, AtomicInteger interim) {
        List<String> id = new ArrayList<>();
        // Once: a repetition under the same key must be the same mail.
        byte[] mail = mail(number);
        String key = "kill-" + UUID.randomUUID();
        await().atMost(Duration.ofMinutes(3)).ignoreExceptions().until(() -> {
            Response response = Door.operator()
                    .contentType("message/rfc822")
                    .header("Envelope-From", "carol@example.com")
                    .header("Envelope-To", "alice@example.org")
                    .header("Idempotency-Key", key)
                    .body(mail)
                    .post("/v1/messages");
            if (response.statusCode() == 202 || response.statusCode() == 200) {
                id.add(response.header("Location").replaceFirst(".*/", ""));
                return true;
            }
            return false;
        });
        accepted.incrementAndGet();
        JsonPath seen = Door.operator().get("/v1/messages/" + id.getFirst()).jsonPath();
        if ("judged".equals(seen.getString("state")) && !seen.getBoolean("settled")) {
            interim.incrementAndGet();
        }
        return id.getFirst();
    }

    /** The final disposition of each message. */
    private static Map<Integer, String> settle(Map<Integer, String> ids) {
        Map<Integer, String> dispositions = new LinkedHashMap<>();
        ids.forEach((number, id) -> await().atMost(Duration.ofMinutes(3))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    JsonPath verdict = Door.operator().get("/v1/messages/" + id).jsonPath();
                    assertThat(verdict.getBoolean("settled")).isTrue();
                    dispositions.put(number, verdict.getString("recipients[0].disposition"));
                }));
        return dispositions;
    }

    private static byte[] mail(int number) {
        return switch (number % 4) {
            case 0 -> Mails.clean();
            case 1 -> Mails.gtube();
            case 2 -> Mails.eicar();
            default -> Mails.newsletter();
        };
    }
}
