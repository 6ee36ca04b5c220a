package org.postern.e2e.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postern.e2e.suite.Door;
import org.postern.e2e.suite.Mails;

/** Who is let in, and what bad input is answered, with a real identity provider. */
class DoorE2E {
    @Test
    void nobody_is_let_in_without_a_token() {
        Response response = Door.anybody().get("/v1/messages/019abcde-0000-7000-8000-000000000001");
        assertProblem(response, 401);
        assertThat(response.header("WWW-Authenticate")).startsWith("Bearer");
    }

    @Test
    void a_token_that_nobody_signed_is_refused() {
        String unsigned =
                base64("{\"alg\":\"none\"}") + "." + base64("{\"aud\":\"postern-api\",\"exp\":4102444800}") + ".";
        Response response = Door.anybody()
                .header("Authorization", "Bearer " + unsigned)
                .get("/v1/messages/019abcde-0000-7000-8000-000000000001");
        assertProblem(response, 401);
        assertThat(response.header("WWW-Authenticate")).contains("invalid_token");
    }

    @Test
    void a_token_without_the_role_of_the_route_is_forbidden() {
        Response response = Door.withRole("mail-train").get("/v1/messages/019abcde-0000-7000-8000-000000000001");
        assertProblem(response, 403);
        assertThat(response.header("WWW-Authenticate")).contains("insufficient_scope");
    }

    @Test
    void a_message_nobody_knows_is_not_found() {
        assertProblem(Door.operator().get("/v1/messages/019abcde-0000-7000-8000-000000000001"), 404);
    }

    @Test
    void an_id_that_is_none_is_told_so() {
        assertProblem(Door.operator().get("/v1/messages/42"), 400);
    }

    @Test
    void the_inside_is_not_routed() {
        assertThat(Door.operator().get("/internal/v1/renditions").statusCode()).isEqualTo(404);
        assertThat(Door.operator().get("/q/health").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "application/json,a@example.com,b@example.org,415",
        "message/rfc822,,b@example.org,400",
        "message/rfc822,a@example.com,,400",
        "message/rfc822,not an address,b@example.org,400",
        "message/rfc822,a@example.com,b@example.org;c@example.org,400",
    })
    void an_envelope_that_is_none_is_refused(String type, String from, String to, int status) {
        var request = Door.operator().contentType(type).body(Mails.clean());
        request = from == null ? request : request.header("Envelope-From", from);
        request = to == null ? request : request.header("Envelope-To", to);
        assertProblem(request.post("/v1/messages"), status);
    }

    @Test
    void an_empty_body_is_refused() {
        assertProblem(Door.submit(new byte[0], "a@example.com", "b@example.org"), 400);
    }

    @Test
    void what_is_not_a_mail_is_refused() {
        byte[] text = "just some words\r\nand more of them\r\n".getBytes(StandardCharsets.UTF_8);
        assertProblem(Door.submit(text, "a@example.com", "b@example.org"), 400);
    }

    @Test
    void a_thousand_and_one_recipients_are_too_many() {
        Response response = Door.submit(Mails.clean(), "a@example.com", recipients(1_001));
        assertProblem(response, 400);
        assertThat(response.jsonPath().getString("detail")).contains("1000");
    }

    @Test
    void a_body_over_the_limit_is_refused_with_the_limit_named() {
        Response response = Door.submit(new byte[51 * 1024 * 1024], "a@example.com", "b@example.org");
        assertProblem(response, 413);
        assertThat(response.jsonPath().getString("detail")).containsPattern("50 ?MiB|52428800");
    }

    @Test
    void security_txt_names_a_contact_and_has_not_expired() {
        Response response = Door.anybody().get("/.well-known/security.txt");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.asString()).contains("Contact:").contains("Expires:");
    }

    private static String recipients(int count) {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < count; i++) {
            list.append(i == 0 ? "" : ",").append("r").append(i).append("@example.org");
        }
        return list.toString();
    }

    private static void assertProblem(Response response, int status) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
        assertThat(response.contentType()).startsWith("application/problem+json");
        assertThat(response.jsonPath().getString("code")).matches("[a-z0-9-]+");
        assertThat(response.asString()).doesNotContain("Exception", "\tat ");
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
