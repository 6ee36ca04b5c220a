package org.postern.push.webpush;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.postern.push.corretto.NativeCurves;
import org.postern.push.subscription.Destination;
import org.postern.testsupport.PushDevice;

/** What the body of a push is made by, held to the examples of the RFCs. */
class EncryptionTest {
    /** RFC 8291, section 5 and appendix A. */
    private static final String PLAIN_TEXT = "When I grow up, I want to be a watermelon";

    private static final String UA_PUBLIC =
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    private static final String AUTH = "BTBZMqHH6r4Tts7J_aSIgg";
    private static final String AS_PUBLIC =
            "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
    private static final String AS_PRIVATE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
    private static final String SALT = "DGv6ra1nlYgDCS1FRnbzlw";
    private static final String BODY =
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS"
                    + "6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";

    /** RFC 8292, section 2.4. */
    private static final String TOKEN =
            "eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOj"
                    + "E0NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDX"
                    + "b1JrErtmysazNjjvW2L9OkSSHzvoD1oA";

    private static final String TOKEN_KEY =
            "BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs";

    /** Each who may compute on the curve: what the platform chooses, and the native library. */
    static Stream<Provider> curves() {
        return Stream.of(P256.platform(), requireNonNull(NativeCurves.load().provider(), "no native library"));
    }

    @ParameterizedTest
    @MethodSource("curves")
    void theExampleOfRfc8291ComesOutByteForByte(Provider curves) throws GeneralSecurityException {
        Destination.WebPush device = new Destination.WebPush("https://push.example.com/x", UA_PUBLIC, AUTH);
        KeyPair ours = new KeyPair(publicKey(bytes(AS_PUBLIC)), privateKey(bytes(AS_PRIVATE)));

        byte[] body = new PushEncryption(curves)
                .encrypted(device, PLAIN_TEXT.getBytes(StandardCharsets.UTF_8), ours, bytes(SALT));

        assertThat(body).isEqualTo(bytes(BODY));
    }

    @ParameterizedTest
    @MethodSource("curves")
    void pushesOfManyThreadsAtOnceAreEachReadByTheirDevice(Provider curves) {
        PushEncryption encryption = new PushEncryption(curves);
        List<PushDevice> devices =
                IntStream.range(0, 8).mapToObj(i -> new PushDevice()).toList();
        assertThat(IntStream.range(0, 200).parallel().mapToObj(i -> {
                    PushDevice device = devices.get(i % devices.size());
                    byte[] body =
                            encryption.encrypted(endpoint(device), ("push " + i).getBytes(StandardCharsets.UTF_8));
                    return device.read(body).equals("push " + i);
                }))
                .allMatch(read -> read);
    }

    @ParameterizedTest
    @MethodSource("curves")
    void noTwoPushesHaveTheSameKeyOrSalt(Provider curves) {
        PushEncryption encryption = new PushEncryption(curves);
        Destination.WebPush device = endpoint(new PushDevice());
        Set<String> salts = new HashSet<>();
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            byte[] body = encryption.encrypted(device, new byte[1]);
            salts.add(HexFormat.of().formatHex(body, 0, 16));
            keys.add(HexFormat.of().formatHex(body, 21, 86));
        }
        assertThat(salts).hasSize(100);
        assertThat(keys).hasSize(100);
    }

    @ParameterizedTest
    @MethodSource("curves")
    void aDocumentThatFillsThePushIsReadAndOneThatIsLongerIsRefused(Provider curves) {
        PushEncryption encryption = new PushEncryption(curves);
        PushDevice device = new PushDevice();
        byte[] longest = "x".repeat(PushEncryption.MOST_BYTES).getBytes(StandardCharsets.US_ASCII);

        assertThat(encryption.encrypted(endpoint(device), longest)).hasSize(PushEncryption.RECORD_SIZE);
        assertThat(device.read(encryption.encrypted(endpoint(device), longest))).hasSize(longest.length);
        assertThatThrownBy(() -> encryption.encrypted(endpoint(device), Arrays.copyOf(longest, longest.length + 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Points are refused when a device subscribes; this is what stands behind that. */
    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/bad-points.csv", delimiter = ';', useHeadersInDisplayName = true)
    void nobodyAgreesOnASecretWithAPointThatIsNotOnTheCurve(String what, String hex) {
        byte[] point = HexFormat.of().parseHex(hex);
        Destination.WebPush device = new Destination.WebPush(
                "https://push.example.com/x", Base64.getUrlEncoder().encodeToString(point), AUTH);
        curves().forEach(curves -> assertThatThrownBy(() -> new PushEncryption(curves).encrypted(device, new byte[1]))
                .as("%s by %s", what, curves.getName())
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause());
    }

    private static Destination.WebPush endpoint(PushDevice device) {
        return new Destination.WebPush("https://push.example.com/x", device.p256dh(), device.auth());
    }

    @Test
    void theTokenOfRfc8292IsGoodAndOneWithAnotherBitIsNot() throws GeneralSecurityException {
        assertThat(isSigned(TOKEN, TOKEN_KEY)).isTrue();
        assertThat(isSigned(TOKEN.replace("Y29tIn0.", "Y29uIn0."), TOKEN_KEY)).isFalse();
    }

    /** Whether a JWT is signed with ES256 by a key, found out with nothing but the platform. */
    static boolean isSigned(String token, String key) throws GeneralSecurityException {
        int end = token.lastIndexOf('.');
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initVerify(publicKey(bytes(key)));
        signature.update(token.substring(0, end).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(bytes(token.substring(end + 1)));
    }

    private static ECPublicKey publicKey(byte[] point) throws GeneralSecurityException {
        return (ECPublicKey) KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(
                        new ECPoint(
                                new BigInteger(1, Arrays.copyOfRange(point, 1, 33)),
                                new BigInteger(1, Arrays.copyOfRange(point, 33, 65))),
                        curve()));
    }

    private static PrivateKey privateKey(byte[] number) throws GeneralSecurityException {
        return KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(new BigInteger(1, number), curve()));
    }

    private static ECParameterSpec curve() throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }

    private static byte[] bytes(String base64url) {
        return Base64.getUrlDecoder().decode(base64url);
    }
}
