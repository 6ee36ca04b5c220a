package org.postern.push;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postern.events.ContentHash;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.ObjectId;
import org.postern.events.ObjectReference;
import org.postern.events.RecipientHashKey;
import org.postern.events.Tenant;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.MailHandedOver;
import org.postern.events.mail.MailPath;
import org.postern.events.mail.RecipientOutcome;
import org.postern.testsupport.NodePeer;
import org.postern.testsupport.OidcProvider;
import org.postern.testsupport.PushDevice;
import org.postern.testsupport.PushSite;

/** Somebody with a mailbox and devices, whose push service is on the loopback interface. */
final class Owner implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final PushSite site = new PushSite();
    private final PushDevice device = new PushDevice();
    private final String address = "u" + UUID.randomUUID().toString().substring(0, 8) + "@example.org";
    private final @Nullable NodePeer decoder;

    /** Reads pushes from the RFC. */
    Owner() {
        this(null);
    }

    /** @param decoder npm http_ece, which reads every push beside us */
    Owner(@Nullable NodePeer decoder) {
        this.decoder = decoder;
    }

    PushSite site() {
        return site;
    }

    PushDevice device() {
        return device;
    }

    String address() {
        return address;
    }

    /** The text of a push. Where there are two who read it, both have to read the same. */
    String read(PushSite.Push push) {
        String text = device.read(push.body());
        if (decoder != null) {
            assertThat(theirs(decoder, push)).isEqualTo(text);
        }
        return text;
    }

    private String theirs(NodePeer other, PushSite.Push push) {
        JsonNode theirs = other.ask(Map.of(
                "privateKey",
                device.privateKey(),
                "auth",
                device.auth(),
                "body",
                Base64.getUrlEncoder().withoutPadding().encodeToString(push.body())));
        assertThat(theirs.has("text")).as(theirs.toString()).isTrue();
        return theirs.path("text").asText();
    }

    String verified(String path) {
        JsonPath subscription = subscribe(path).jsonPath();
        answerTheQuestion(path, subscription);
        return subscription.getString("id");
    }

    void answerTheQuestion(String path, JsonPath subscription) {
        String id = subscription.getString("id");
        await().atMost(SOON).until(() -> site.pushes(path).stream()
                .anyMatch(push -> read(push).contains(id)));
        String code = site.pushes(path).stream()
                .map(this::read)
                .filter(text -> text.contains(id))
                .map(text -> JsonPath.from(text).getString("verificationCode"))
                .findFirst()
                .orElseThrow();
        verify(id, code).then().statusCode(204);
    }

    Response verify(String id, String code) {
        return caller().contentType("application/json")
                .body("{\"verificationCode\": \"" + code + "\"}")
                .post("/v1/push/subscriptions/" + id + "/verify");
    }

    PushSite.Push push(String path, int count) {
        await().atMost(SOON).until(() -> site.pushes(path).size() >= count);
        return site.pushes(path).get(count - 1);
    }

    Response subscribe(String path) {
        Response response =
                caller().contentType("application/json").body(body(path)).post("/v1/push/subscriptions");
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(201);
        return response;
    }

    String body(String path) {
        return "{\"deviceClientId\": \"device" + path + "\", \"url\": \"" + site.endpoint(path)
                + "\", \"keys\": {\"p256dh\": \"" + device.p256dh() + "\", \"auth\": \"" + device.auth() + "\"}}";
    }

    RequestSpecification caller() {
        return given().header("Authorization", "Bearer " + OidcProvider.tokenOf(address, "push-subscribe"));
    }

    static Response announce(String account, String states) {
        return given().header("Authorization", "Bearer " + OidcProvider.token("push-publish"))
                .contentType("application/json")
                .body("{\"@type\": \"StateChange\", \"changed\": {\"" + account + "\": " + states + "}}")
                .post("/v1/push/state-changes");
    }

    MailHandedOver handedOver(Disposition disposition) {
        RecipientHashKey key = RecipientHashKey.ofBase64(PushSecrets.RECIPIENTS_KEY);
        return new MailHandedOver(
                MessageId.random(),
                Tenant.DEFAULT,
                1,
                MailPath.REST,
                object(),
                List.of(new RecipientOutcome(
                        key.hash(Tenant.DEFAULT, MailAddress.of(address)), disposition, List.of())),
                Instant.now());
    }

    private static ObjectReference object() {
        return new ObjectReference(Tenant.DEFAULT, ObjectId.random(), ContentHash.of("0".repeat(64)), 100);
    }

    @Override
    public void close() {
        site.close();
    }
}
