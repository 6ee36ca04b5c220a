package org.postern.e2e.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.postern.e2e.suite.Door;
import org.postern.e2e.suite.Mails;
import org.postern.e2e.suite.Suite;

/** What a newcomer sees first: real mails, judged by real engines. */
class FourSamplesE2E {
    private static final String SENDER = "carol@example.com";
    private static final String ALICE = "alice@example.org";

    @Test
    void a_clean_mail_is_delivered() {
        JsonPath verdict = judged(Door.submit(Mails.clean(), SENDER, ALICE));
        assertThat(verdict.getString("scan.verdict")).isEqualTo("clean");
        assertThat(verdict.getString("assessment.class")).isEqualTo("ham");
        assertThat(dispositions(verdict)).isEqualTo("deliver");
    }

    @Test
    void a_virus_is_refused_or_kept() {
        JsonPath verdict = judged(Door.submit(Mails.eicar(), SENDER, ALICE));
        assertThat(verdict.getString("scan.verdict")).isEqualTo("infected");
        assertThat(verdict.getString("scan.findings[0].signature")).containsIgnoringCase("eicar");
        assertThat(dispositions(verdict)).isIn("reject", "quarantine");
    }

    @Test
    void spam_goes_to_the_junk_folder_or_is_refused() {
        JsonPath verdict = judged(Door.submit(Mails.gtube(), SENDER, ALICE));
        assertThat(verdict.getString("assessment.class")).isEqualTo("spam");
        assertThat(dispositions(verdict)).isIn("junk", "reject");
    }

    @Test
    void a_newsletter_is_delivered_and_its_tracker_is_blocked() {
        JsonPath verdict = judged(Door.submit(Mails.newsletter(), SENDER, ALICE));
        assertThat(dispositions(verdict)).isEqualTo("deliver");
        Response rendition = Door.operator().get("/v1/messages/" + verdict.getString("id") + "/rendition");
        assertThat(rendition.statusCode()).isEqualTo(200);
        assertThat(rendition.jsonPath().getList("remote.findAll { it.tracker }"))
                .hasSize(1);
        assertThat(rendition.jsonPath().getString("html"))
                .contains("All is well")
                .doesNotContain("track.example.net");
    }

    @Test
    void remote_images_come_through_our_own_proxy_and_trackers_not_at_all() {
        JsonPath verdict = judged(Door.submit(Mails.withRemoteImage(), SENDER, ALICE));
        Response rendition =
                Door.operator().get("/v1/messages/" + verdict.getString("id") + "/rendition?remote=proxied");
        assertThat(rendition.statusCode()).as(rendition.asString()).isEqualTo(200);
        String html = rendition.jsonPath().getString("html");
        assertThat(html).doesNotContain("example.net");
        Matcher image = Pattern.compile("/v1/images/[A-Za-z0-9_.-]+").matcher(html);
        assertThat(image.find()).as(html).isTrue();
        String address = image.group();
        assertThat(image.find())
                .as("an address for the picture, none for the tracker")
                .isFalse();

        // Whoever has the address may ask; what is not there is answered by one pixel, so that a reader learns no more.
        Response picture = Door.anybody().get(address);
        assertThat(picture.statusCode()).as(picture.asString()).isEqualTo(200);
        assertThat(picture.contentType()).startsWith("image/");
        assertThat(Door.anybody().get(address + "x").statusCode()).isBetween(400, 499);
    }

    @Test
    void the_view_of_a_mail_is_a_page_that_can_fetch_nothing() {
        JsonPath verdict = judged(Door.submit(Mails.newsletter(), SENDER, ALICE));
        Response view = Door.operator().get("/v1/messages/" + verdict.getString("id") + "/view");
        assertThat(view.statusCode()).isEqualTo(200);
        assertThat(view.contentType()).startsWith("text/html");
        assertThat(view.header("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(view.asString())
                .contains("All is well")
                // Told of, and not an address.
                .contains("track.example.net")
                .doesNotContain("/track.example.net");
    }

    @Test
    void a_mail_can_be_looked_at_as_a_picture() throws IOException {
        JsonPath verdict = judged(Door.submit(Mails.newsletter(), SENDER, ALICE));
        String address = "/v1/messages/" + verdict.getString("id") + "/preview";

        Response picture = Door.operator().get(address + "?width=320&height=200");
        assertThat(picture.statusCode()).as(picture.asString()).isEqualTo(200);
        assertThat(picture.contentType()).isEqualTo("image/png");
        BufferedImage pixels = ImageIO.read(new ByteArrayInputStream(picture.asByteArray()));
        assertThat(pixels.getWidth()).isEqualTo(320);
        assertThat(pixels.getHeight()).isEqualTo(200);

        Response huge = Door.operator().get(address + "?height=5000");
        assertThat(huge.statusCode()).isEqualTo(400);
        assertThat(huge.jsonPath().getString("code")).isEqualTo("size-invalid");
        assertThat(huge.jsonPath().getString("field")).isEqualTo("height");
    }

    @Test
    void each_recipient_has_a_disposition_of_its_own() {
        JsonPath verdict = judged(Door.submit(Mails.clean(), SENDER, ALICE, "bob@example.org"));
        assertThat(verdict.getList("recipients.recipient", String.class)).containsExactly(ALICE, "bob@example.org");
        assertThat(verdict.getList("recipients.disposition", String.class)).containsExactly("deliver", "deliver");
    }

    @Test
    void what_a_person_says_of_a_mail_is_learned_by_the_filter() {
        JsonPath verdict = judged(Door.submit(
                Mails.text(
                        "Minutes of the orchard",
                        "We pruned the old apple trees, mended the ladder and carried nine crates of cider to the barn.\r\n"
                                + "Grafting begins when the blossom has fallen and the bees have gone home.\r\n"),
                SENDER,
                ALICE));
        double before = learnedAsHam();

        Response said = Door.withRole("mail-train")
                .contentType("application/json")
                .body("{\"class\":\"ham\"}")
                .post("/v1/messages/" + verdict.getString("id") + "/feedback");
        assertThat(said.statusCode()).as(said.asString()).isEqualTo(202);

        // Counted only where Rspamd, asked again, answers that it knows the mail.
        Awaitility.await("learned").atMost(Duration.ofSeconds(60)).until(() -> learnedAsHam() > before);
    }

    private static double learnedAsHam() {
        return RestAssured.given()
                .baseUri("http://127.0.0.1")
                .port(Suite.running().port("SPAM_MANAGEMENT"))
                .get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("postern_learning_total{")
                        && line.contains("class=\"ham\"")
                        && line.contains("outcome=\"learned\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static JsonPath judged(Response response) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return response.jsonPath();
    }

    private static String dispositions(JsonPath verdict) {
        return verdict.getString("recipients[0].disposition");
    }
}
