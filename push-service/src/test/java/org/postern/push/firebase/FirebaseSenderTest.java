package org.postern.push.firebase;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.testing.http.MockHttpTransport;
import com.google.api.client.testing.http.MockLowLevelHttpRequest;
import com.google.api.client.testing.http.MockLowLevelHttpResponse;
import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import com.google.firebase.messaging.FirebaseMessaging;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.postern.push.TypeStates;
import org.postern.push.delivery.PushContent;
import org.postern.push.delivery.PushSender;
import org.postern.push.delivery.PushSenderContract;
import org.postern.push.delivery.SendResult;
import org.postern.push.subscription.AliasKey;
import org.postern.push.subscription.Destination;
import org.postern.push.subscription.DeviceSubscription;
import org.postern.push.subscription.VerificationCode;

/** The cloud is replaced at its HTTP interface; everything on this side of it is real. */
class FirebaseSenderTest implements PushSenderContract {
    private static final String TOKEN = "a-registration-token-of-a-phone";
    private static final AliasKey KEY = AliasKey.random();
    private static final Duration DAY = Duration.ofHours(24);

    private FakeFirebase cloud;
    private FirebaseSender sender;

    @BeforeEach
    void start() throws IOException {
        cloud = new FakeFirebase();
        sender = new FirebaseSender(cloud.messaging(), new FirebaseTerms(false, DAY, Duration.ofSeconds(10), 20));
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Override
    public PushSender sender() {
        return new FirebaseSender(cloud.messaging(), new FirebaseTerms(false, DAY, Duration.ofSeconds(5), 20));
    }

    @Override
    public Destination device() {
        return new Destination.Firebase(TOKEN, KEY);
    }

    @Override
    public Destination none() {
        return new Destination.Firebase(SECRET, KEY);
    }

    @Override
    public void answer(Answer answer) {
        cloud.answer(
                switch (answer) {
                    case TAKEN -> new FakeFirebase.Answer(200, "{\"name\":\"projects/p/messages/1\"}", null);
                    case GONE -> FakeFirebase.Answer.error(404, "NOT_FOUND", "UNREGISTERED", null);
                    case BUSY -> FakeFirebase.Answer.error(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED", "120");
                    case BROKEN -> FakeFirebase.Answer.error(502, null, null, null);
                    case SILENT -> FakeFirebase.Answer.SILENCE;
                });
    }

    @Test
    void firebaseLearnsTypesAndStatesAndAnAlias() {
        sender.send(subscription(), PushSenderContract.content());

        JsonPath message = JsonPath.from(cloud.received().getFirst());
        assertThat(message.getString("message.token")).isEqualTo(TOKEN);
        assertThat(message.getString("message.data.data"))
                .contains(
                        "StateChange",
                        "EmailDelivery",
                        "state1",
                        "\"" + KEY.alias(subscription().account()) + "\"");
        assertThat(cloud.received().getFirst())
                .doesNotContain(subscription().account().value(), KEY.value(), "owner", "notification");
    }

    @Test
    void aDeviceOfAnOlderVersionHearsOfItsAccountByTheNameItKnows() {
        DeviceSubscription older = PushSenderContract.subscription(new Destination.Firebase(TOKEN, null));

        sender.send(older, PushSenderContract.content());

        assertThat(cloud.received().getFirst())
                .contains(older.accountAlias())
                .doesNotContain(older.account().value());
    }

    @Test
    void theQuestionThatADeviceIsVerifiedByNamesNoAccount() {
        DeviceSubscription asked = subscription();
        VerificationCode code = VerificationCode.random();

        sender.send(asked, new PushContent.Verification(asked.id(), code));

        assertThat(JsonPath.from(cloud.received().getFirst()).getString("message.data.data"))
                .contains("PushVerification", asked.id().toString(), code.value())
                .doesNotContain(asked.accountName(), asked.account().value());
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/fcm-answers.csv", delimiter = ';', useHeadersInDisplayName = true)
    void eachAnswerOfFirebaseIsUnderstood(
            int code, @Nullable String word, @Nullable String error, @Nullable String after, String result) {
        if (code != 200) {
            cloud.answer(FakeFirebase.Answer.error(code, word, error, after));
        }
        assertThat(sender.send(subscription(), PushSenderContract.content())).hasToString(result);
    }

    /** The transport of the other tests gives no body with a 401, which the SDK's own does. */
    @Test
    void aCloudBehindFirebaseThatDoesNotKnowOurProjectIsAskedAgainLater() {
        String document = "{\"error\":{\"code\":401,\"status\":\"UNAUTHENTICATED\",\"details\":[{\"@type\":"
                + "\"type.googleapis.com/google.firebase.fcm.v1.FcmError\",\"errorCode\":\"THIRD_PARTY_AUTH_ERROR\"}]}}";
        FirebaseApp refused = FirebaseApp.initializeApp(
                FirebaseOptions.builder()
                        .setProjectId("p")
                        .setCredentials(new FakeFirebase.ServiceAccount())
                        .setHttpTransport(new MockHttpTransport() {
                            @Override
                            public LowLevelHttpRequest buildRequest(String method, String url) {
                                return new MockLowLevelHttpRequest()
                                        .setResponse(new MockLowLevelHttpResponse()
                                                .setStatusCode(401)
                                                .setContentType("application/json")
                                                .setContent(document));
                            }
                        })
                        .build(),
                UUID.randomUUID().toString());
        try {
            assertThat(new FirebaseSender(FirebaseMessaging.getInstance(refused), new FirebaseTerms(false, DAY, DAY, 1))
                            .send(subscription(), PushSenderContract.content()))
                    .isEqualTo(new SendResult.TryLater("third-party-auth", null, false));
        } finally {
            refused.delete();
        }
    }

    @Test
    void inADryRunFirebaseIsAskedToCheckOnly() {
        assertThat(new FirebaseSender(cloud.messaging(), new FirebaseTerms(true, DAY, DAY, 1))
                        .send(subscription(), PushSenderContract.content()))
                .isEqualTo(new SendResult.Delivered());
        assertThat(JsonPath.from(cloud.received().getFirst()).getBoolean("validate_only"))
                .isTrue();

        sender.send(subscription(), PushSenderContract.content());
        assertThat(JsonPath.from(cloud.received().getLast()).getMap("")).doesNotContainKey("validate_only");
    }

    @Test
    void newMailWakesAPhoneAndTheRestWaitsUntilItIsAwake() {
        sender.send(subscription(), PushSenderContract.content());
        sender.send(subscription(), new PushContent.StateChange(new TypeStates(Map.of("Mailbox", "m1"))));
        assertThat(cloud.received())
                .extracting(body -> JsonPath.from(body).getString("message.android.priority"))
                .containsExactly("high", "normal");
    }

    @Test
    void manyPushesAtOnceTakeNoThreadsOfThePlatform() throws Exception {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        sender.send(subscription(), PushSenderContract.content());
        // The most since now: what ran in this virtual machine before does not count.
        threads.resetPeakThreadCount();
        int before = threads.getThreadCount();
        try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<SendResult>> sends = IntStream.range(0, 300)
                    .mapToObj(i -> many.submit(() -> sender.send(subscription(), PushSenderContract.content())))
                    .toList();
            for (Future<SendResult> send : sends) {
                assertThat(send.get()).isEqualTo(new SendResult.Delivered());
            }
        }
        assertThat(threads.getPeakThreadCount()).isLessThan(before + 30);
    }

    private static DeviceSubscription subscription() {
        return PushSenderContract.subscription(new Destination.Firebase(TOKEN, KEY));
    }
}
