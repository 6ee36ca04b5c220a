package org.postern.push.webpush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.postern.push.delivery.RefusedDestinationException;
import org.postern.push.subscription.Destination;
import org.postern.testsupport.PushDevice;

class DeviceKeysTest {
    private static final String AUTH = "BTBZMqHH6r4Tts7J_aSIgg";
    private static final int UNCOMPRESSED = 65;

    @Test
    void keysOfADeviceAreTaken() {
        PushDevice device = new PushDevice();
        assertThatCode(() -> DeviceKeys.check(endpoint(device.p256dh(), device.auth())))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/bad-points.csv", delimiter = ';', useHeadersInDisplayName = true)
    void aPointThatIsNotOnTheCurveIsRefused(String what, String hex) {
        refused(HexFormat.of().parseHex(hex));
    }

    @Test
    void theInvalidPointsOfWycheproofAreRefusedAndTheValidOnesTaken() throws IOException {
        Path file = Path.of(Optional.ofNullable(System.getenv("POSTERN_CORPORA"))
                        .orElse(System.getProperty("postern.root", "..") + "/../shared/corpora"))
                .resolve("wycheproof/testvectors_v1/ecdh_secp256r1_test.json");
        assumeTrue(
                Files.exists(file),
                "skipped: these are test cases of others, which this project may not copy and this machine does not have");
        int refused = 0;
        int taken = 0;
        for (JsonNode group : new ObjectMapper().readTree(file.toFile()).get("testGroups")) {
            for (JsonNode test : group.get("tests")) {
                byte[] key = HexFormat.of().parseHex(test.get("public").asText());
                byte[] prefix = HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");
                boolean plain = key.length == prefix.length + UNCOMPRESSED
                        && HexFormat.of()
                                .formatHex(key, 0, prefix.length)
                                .equals(HexFormat.of().formatHex(prefix));
                if (!plain) {
                    continue;
                }
                byte[] point = Arrays.copyOfRange(key, prefix.length, key.length);
                if (test.get("result").asText().equals("invalid")) {
                    refused(point);
                    refused++;
                } else if (test.get("result").asText().equals("valid")) {
                    assertThatCode(() -> DeviceKeys.check(endpoint(base64(point), AUTH)))
                            .as(test.get("comment").asText())
                            .doesNotThrowAnyException();
                    taken++;
                }
            }
        }
        assertThat(refused).isPositive();
        assertThat(taken).isGreaterThan(100);
    }

    private static void refused(byte[] point) {
        assertThatThrownBy(() -> DeviceKeys.check(endpoint(base64(point), AUTH)))
                .isInstanceOfSatisfying(RefusedDestinationException.class, e -> assertThat(e.field())
                        .isEqualTo("keys.p256dh"));
    }

    private static Destination.WebPush endpoint(String p256dh, String auth) {
        return new Destination.WebPush("https://push.example.com/x", p256dh, auth);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
