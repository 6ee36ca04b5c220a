package org.postern.message;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.response.Response;
import java.time.Duration;
import org.postern.events.MessageId;
import org.postern.testsupport.OidcProvider;

/** A mail that is handed in by REST to the service in the JVM of the test. */
public final class SubmittedMail {
    private SubmittedMail() {}

    /** Hands a mail in; its id. */
    public static MessageId submit(byte[] mail, String from, String... to) {
        return accepted(given().auth()
                .oauth2(OidcProvider.token("mail-submit"))
                .contentType("message/rfc822")
                .header("Envelope-From", "<" + from + ">")
                .header("Envelope-To", String.join(", ", to))
                .body(mail)
                .post("/v1/messages"));
    }

    /** The id in an answer that says that a mail is taken in. */
    public static MessageId accepted(Response response) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(202);
        String location = response.header("Location");
        return MessageId.of(location.substring(location.lastIndexOf('/') + 1));
    }

    /** Waits until its judgement rests on definite facts. */
    public static void awaitSettled(MessageId id) {
        // Nothing is settled in an answer that is a problem.
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Boolean.TRUE.equals(given().auth()
                        .oauth2(OidcProvider.token("mail-read-all"))
                        .get("/v1/messages/" + id)
                        .<Boolean>path("settled")));
    }
}
