package org.postern.render.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;
import org.postern.events.codec.EventJson;
import org.postern.events.mail.Finding;
import org.postern.events.mail.Severity;
import org.postern.store.MessageStore;
import org.postern.store.reference.ObjectReferenceSigner;
import org.postern.testsupport.KafkaBroker;
import org.postern.testsupport.OidcProvider;
import org.postern.testsupport.StoreFolder;

@QuarkusTest
@QuarkusTestResource(KafkaBroker.class)
@QuarkusTestResource(StoreFolder.class)
@QuarkusTestResource(OidcProvider.class)
class RenderResourceIT {
    private static final String MAIL = "From: a@example.org\r\nContent-Type: text/html\r\n\r\n"
            + "<p>Hello</p><script>alert(1)</script><img src='https://t.example/o' width=1 height=1>";

    @Inject
    MessageStore store;

    @Inject
    ObjectReferenceSigner signer;

    @Inject
    MeterRegistry registry;

    @ConfigProperty(name = "postern.store.root")
    Path root;

    @Test
    void rendersAMail() {
        renderer()
                .contentType("message/rfc822")
                .body(MAIL)
                .post("/v1/render")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("html", equalTo("<p>Hello</p>"))
                .body("text", equalTo("Hello"))
                .body("direction", equalTo("auto"))
                .body("counts.blocked", equalTo(1))
                .body("counts.trackers", equalTo(1))
                .body("remote[0].host", equalTo("t.example"))
                .body("remote[0].kind", equalTo("image"))
                .body("remote[0].reason", equalTo("tracker"))
                .body("removed[0].construct", equalTo("script"))
                .body("csp", containsString("default-src 'none'"));
    }

    @Test
    void rendersHtmlInItsCharset() {
        renderer()
                .contentType("text/html; charset=iso-8859-1")
                .body("<p>gr\u00fcn</p>".getBytes(StandardCharsets.ISO_8859_1))
                .post("/v1/render?remote=blocked")
                .then()
                .statusCode(200)
                .body("text", equalTo("gr\u00fcn"));
    }

    @ParameterizedTest
    @CsvSource({
        "message/rfc822, '', 400, body-empty",
        "text/html, '', 400, body-empty",
        "message/rfc822, <html>no mail</html>, 400, not-a-mail",
        "application/pdf, x, 415, media-type-unsupported"
    })
    void refusesWhatItCannotRender(String type, String body, int status, String code) {
        renderer()
                .contentType(type)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/v1/render")
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code));
    }

    @Test
    void saysWhichWaysItKnows() {
        renderer()
                .contentType("text/html")
                .body("<p>x</p>")
                .post("/v1/render?remote=all")
                .then()
                .statusCode(400)
                .body("code", equalTo("remote-unknown"))
                .body("field", equalTo("remote"));
    }

    @Test
    void showsRemoteImagesThroughItsOwnAddressesAndFetchesThemOnce() throws Exception {
        AtomicInteger fetched = new AtomicInteger();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB), "png", png);
        HttpServer site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.createContext("/", exchange -> {
            fetched.incrementAndGet();
            exchange.sendResponseHeaders(200, png.size());
            exchange.getResponseBody().write(png.toByteArray());
            exchange.close();
        });
        site.start();
        try {
            String at = "http://127.0.0.1:" + site.getAddress().getPort();
            Response rendition = renderer()
                    .contentType("text/html")
                    .body("<img src='" + at + "/a.png'><img src='" + at + "/t.png' width=1 height=1>")
                    .post("/v1/render?remote=proxied");
            rendition
                    .then()
                    .statusCode(200)
                    .body("remote.find { !it.tracker }.reason", equalTo("proxied"))
                    .body("counts.blocked", equalTo(1))
                    .body("csp", containsString("img-src data: 'self';"));
            String html = rendition.jsonPath().getString("html");
            String image = html.substring(html.indexOf("/v1/images/"), html.indexOf('"', html.indexOf("/v1/images/")));

            for (int i = 0; i < 2; i++) {
                byte[] shown = given().get(image)
                        .then()
                        .statusCode(200)
                        .contentType("image/png")
                        .extract()
                        .asByteArray();
                assertThat(ImageIO.read(new ByteArrayInputStream(shown)).getWidth())
                        .isEqualTo(3);
            }
            assertThat(fetched).hasValue(1);
            given().get(image + "x").then().statusCode(403).body("code", equalTo("image-token-invalid"));
        } finally {
            site.stop(0);
        }
    }

    @Test
    void refusesTooMuch() {
        renderer()
                .contentType("text/html")
                .body(new byte[10 * 1024 * 1024 + 1])
                .post("/v1/render")
                .then()
                .statusCode(413)
                .body("code", equalTo("html-too-large"));
        renderer()
                .contentType("message/rfc822")
                .body(("From: a@example.org\n\n" + "x".repeat(10 * 1024 * 1024 + 1)).getBytes(StandardCharsets.UTF_8))
                .post("/v1/render")
                .then()
                .statusCode(413)
                .body("code", equalTo("mail-text-too-large"));
    }

    @Test
    void asksWhoCalls() {
        given().contentType("text/html")
                .body("<p>x</p>")
                .post("/v1/render")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", notNullValue());
        as("mail-submit")
                .contentType("text/html")
                .body("<p>x</p>")
                .post("/v1/render")
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
    }

    @Test
    void rendersAStoredMailForItsReader() throws Exception {
        as("mail-read-own")
                .header("Postern-Object", signer.sign(stored(), Duration.ofMinutes(1)))
                .get("/internal/v1/renditions?remote=blocked")
                .then()
                .statusCode(200)
                .body("text", equalTo("Hello"));
        as("mail-read-all")
                .header("Postern-Object", signer.sign(stored(), Duration.ofMinutes(1)))
                .get("/internal/v1/views")
                .then()
                .statusCode(200)
                .contentType(ContentType.HTML)
                .header("Content-Security-Policy", containsString("sandbox"))
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .body(containsString("<p>Hello</p>"))
                .body(not(containsString("//t.example")));
    }

    @Test
    void theViewWarnsInTheLanguageOfItsReader() throws Exception {
        String findings = Base64.getUrlEncoder()
                .encodeToString(EventJson.mapper()
                        .writeValueAsBytes(List.of(new Finding(
                                "odd-link",
                                Severity.HIGH,
                                "A link leads elsewhere.",
                                Map.of(),
                                null,
                                Map.of("fr", new Finding.Wording("Un lien mène ailleurs.", null))))));

        as("mail-read-own")
                .header("Postern-Object", signer.sign(stored(), Duration.ofMinutes(1)))
                .header("Postern-Warnings", findings)
                .header("Accept-Language", "fr-CH, en;q=0.5")
                .get("/internal/v1/views")
                .then()
                .statusCode(200)
                .body(containsString("Un lien mène ailleurs."))
                .body(containsString("n’a pas été chargé"));
        as("mail-read-own")
                .header("Postern-Object", signer.sign(stored(), Duration.ofMinutes(1)))
                .header("Postern-Warnings", "x")
                .get("/internal/v1/renditions")
                .then()
                .statusCode(400)
                .body("code", equalTo("warnings-invalid"));
    }

    @Test
    void refusesReferencesThatAreForgedExpiredOrAbsent() throws Exception {
        String good = signer.sign(stored(), Duration.ofMinutes(1));
        String expired = signer.sign(stored(), Duration.ofMinutes(-1));
        for (String bad : new String[] {expired, good.replace("v1.default", "v1.other"), "x"}) {
            as("mail-read-own")
                    .header("Postern-Object", bad)
                    .get("/internal/v1/renditions")
                    .then()
                    .statusCode(403)
                    .body("code", equalTo("object-reference-invalid"));
        }
        as("mail-read-own").get("/internal/v1/views").then().statusCode(403);
        given().header("Postern-Object", good)
                .get("/internal/v1/renditions")
                .then()
                .statusCode(401);
        as("render")
                .header("Postern-Object", good)
                .get("/internal/v1/renditions")
                .then()
                .statusCode(403);
    }

    @Test
    void saysThatAMailIsGone() throws Exception {
        ObjectReference reference = stored();
        store.erase(reference.tenant(), reference.id());

        as("mail-read-own")
                .header("Postern-Object", signer.sign(reference, Duration.ofMinutes(1)))
                .get("/internal/v1/renditions")
                .then()
                .statusCode(404)
                .body("code", equalTo("object-missing"));
    }

    @Test
    void theImagesOfAStoredMailHaveSignedAddressesUntilItIsErased() throws Exception {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB), "png", png);
        String mail = "From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
                + "--b\r\nContent-Type: text/html\r\n\r\n<p>Hello</p><img src='cid:i@x'>\r\n--b\r\n"
                + "Content-Type: image/gif\r\nContent-ID: <i@x>\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(png.toByteArray()) + "\r\n--b--\r\n";
        ObjectReference reference = stored(mail);
        String page = as("mail-read-own")
                .header("Postern-Object", signer.sign(reference, Duration.ofMinutes(1)))
                .get("/internal/v1/views")
                .then()
                .statusCode(200)
                .header("Content-Security-Policy", containsString("img-src data: 'self';"))
                .extract()
                .asString();
        int start = page.indexOf("/v1/images/m1.");
        String image = page.substring(start, page.indexOf('"', start));

        byte[] shown = given().get(image)
                .then()
                .statusCode(200)
                .contentType("image/png")
                .header("Content-Security-Policy", containsString("sandbox"))
                .extract()
                .asByteArray();
        assertThat(ImageIO.read(new ByteArrayInputStream(shown)).getWidth()).isEqualTo(3);
        given().get(image.replace("m1.default", "m1.other"))
                .then()
                .statusCode(403)
                .body("code", equalTo("image-token-invalid"));

        store.erase(reference.tenant(), reference.id());
        given().get(image).then().statusCode(404).body("code", equalTo("object-missing"));
    }

    @Test
    void aStoredMailIsRenderedOnceAndWhatIsKeptOfItIsNoMore() throws Exception {
        String mail = MAIL + "<p>canary word</p>".repeat(1000) + UUID.randomUUID();
        ObjectReference reference = stored(mail);
        ObjectReference same = stored(mail);
        List<Path> before = keptRenditions();
        double found = sought("hit");
        double missed = sought("miss");

        String first = renditionOf(reference).statusCode(200).extract().asString();
        List<Path> kept = new ArrayList<>(keptRenditions());
        kept.removeAll(before);
        assertThat(kept).hasSize(1).allSatisfy(file -> assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                .doesNotContain("canary"));
        FileTime written = Files.getLastModifiedTime(kept.getFirst());

        assertThat(renditionOf(reference).statusCode(200).extract().asString()).isEqualTo(first);
        assertThat(renditionOf(same).statusCode(200).extract().asString()).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(kept.getFirst())).isEqualTo(written);
        assertThat(sought("hit")).isEqualTo(found + 2);
        assertThat(sought("miss")).isEqualTo(missed + 1);

        store.erase(reference.tenant(), reference.id());
        renditionOf(reference).statusCode(404).body("code", equalTo("object-missing"));
        renditionOf(same).statusCode(200);
    }

    @Test
    void whatIsSentIsRenderedOnceForWhoSentIt() throws Exception {
        String html = "<p>canary word</p>".repeat(1000) + UUID.randomUUID();
        int before = keptRenditions().size();
        for (int i = 0; i < 2; i++) {
            renderer()
                    .contentType("text/html")
                    .body(html)
                    .post("/v1/render?remote=proxied")
                    .then()
                    .statusCode(200)
                    .body("text", containsString("canary word"));
        }

        assertThat(keptRenditions()).hasSize(before + 1);
    }

    private ValidatableResponse renditionOf(ObjectReference reference) {
        return as("mail-read-own")
                .header("Postern-Object", signer.sign(reference, Duration.ofMinutes(1)))
                .get("/internal/v1/renditions")
                .then();
    }

    private double sought(String result) {
        return registry.get("postern.renditions.sought")
                .tag("result", result)
                .counter()
                .count();
    }

    private List<Path> keptRenditions() throws IOException {
        Path folder = root.resolve(".renditions");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private ObjectReference stored() throws Exception {
        return stored(MAIL);
    }

    private ObjectReference stored(String mail) throws Exception {
        return store.put(Tenant.DEFAULT, new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8)), 20_000);
    }

    private static RequestSpecification renderer() {
        return as("render");
    }

    private static RequestSpecification as(String role) {
        return given().config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .encodeContentTypeAs("message/rfc822", ContentType.TEXT)
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .auth()
                .oauth2(OidcProvider.token(role));
    }
}
