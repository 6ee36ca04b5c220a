package org.postern.render.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;
import org.postern.store.MessageStore;
import org.postern.store.reference.ObjectReferenceSigner;
import org.postern.testsupport.KafkaBroker;
import org.postern.testsupport.OidcProvider;
import org.postern.testsupport.StoreFolder;

@QuarkusTest
@QuarkusTestResource(KafkaBroker.class)
@QuarkusTestResource(StoreFolder.class)
@QuarkusTestResource(OidcProvider.class)
class PreviewResourceIT {
    private static final String MAIL =
            "From: a@example.org\r\nContent-Type: text/html\r\n\r\n" + "<body bgcolor=red><p>Hello</p></body>";
    private static final int RED = 0xffff0000;

    @Inject
    MessageStore store;

    @Inject
    ObjectReferenceSigner signer;

    @Test
    void a_stored_mail_is_a_picture_for_its_reader() throws Exception {
        byte[] png = reader(signed())
                .get("/internal/v1/previews?width=320&height=240")
                .then()
                .statusCode(200)
                .contentType("image/png")
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "private, no-store")
                .extract()
                .asByteArray();

        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(picture.getWidth()).isEqualTo(320);
        assertThat(picture.getHeight()).isEqualTo(240);
        assertThat(picture.getRGB(300, 200)).isEqualTo(RED);
    }

    @ParameterizedTest
    @CsvSource({
        "width=199, width, The width is a number from 200 to 1280.",
        "width=x, width, The width is a number from 200 to 1280.",
        "height=4001, height, The height is a number from 100 to 4000.",
        "height=99999999999, height, The height is a number from 100 to 4000."
    })
    void a_size_out_of_bounds_is_refused_with_the_bounds(String query, String field, String detail) throws Exception {
        reader(signed())
                .get("/internal/v1/previews?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("size-invalid"))
                .body("field", equalTo(field))
                .body("detail", equalTo(detail));
    }

    @Test
    void it_is_for_readers_with_a_reference_to_a_mail_that_is_there() throws Exception {
        String good = signed();
        ObjectReference gone = stored();
        store.erase(gone.tenant(), gone.id());

        given().header("Postern-Object", good)
                .get("/internal/v1/previews")
                .then()
                .statusCode(401);
        reader("x")
                .get("/internal/v1/previews")
                .then()
                .statusCode(403)
                .body("code", equalTo("object-reference-invalid"));
        reader(signer.sign(gone, Duration.ofMinutes(1)))
                .get("/internal/v1/previews")
                .then()
                .statusCode(404)
                .body("code", equalTo("object-missing"));
    }

    private String signed() throws Exception {
        return signer.sign(stored(), Duration.ofMinutes(1));
    }

    private ObjectReference stored() throws Exception {
        return store.put(Tenant.DEFAULT, new ByteArrayInputStream(MAIL.getBytes(StandardCharsets.UTF_8)), 10_000);
    }

    private static RequestSpecification reader(String object) {
        return given().header("Postern-Object", object).auth().oauth2(OidcProvider.token("mail-read-own"));
    }
}
