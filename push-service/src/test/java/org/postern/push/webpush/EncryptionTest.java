package org.postern.push.webpush;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGeneratorSpi;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.security.Security;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
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

    @Test
    void theExampleOfRfc8291ComesOutByteForByte() {
        // The library makes its keys and its salt itself, so the platform is made to give those of the example.
        Provider example = new ExampleProvider();
        Security.insertProviderAt(example, 1);
        try {
            Destination.WebPush device = new Destination.WebPush("https://push.example.com/x", UA_PUBLIC, AUTH);
            assertThat(PushBody.encrypted(device, PLAIN_TEXT.getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(bytes(BODY));
        } finally {
            Security.removeProvider(example.getName());
        }
    }

    @Test
    void pushesOfManyThreadsAtOnceAreEachReadByTheirDevice() {
        List<PushDevice> devices =
                IntStream.range(0, 8).mapToObj(i -> new PushDevice()).toList();
        assertThat(IntStream.range(0, 200).parallel().mapToObj(i -> {
                    PushDevice device = devices.get(i % devices.size());
                    byte[] body = PushBody.encrypted(
                            new Destination.WebPush("https://push.example.com/x", device.p256dh(), device.auth()),
                            ("push " + i).getBytes(StandardCharsets.UTF_8));
                    return device.read(body).equals("push " + i);
                }))
                .allMatch(read -> read);
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

    private static ECParameterSpec curve() throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }

    private static byte[] bytes(String base64url) {
        return Base64.getUrlDecoder().decode(base64url);
    }

    /** Gives the key pair and the salt of the example. */
    private static final class ExampleProvider extends Provider {
        private static final long serialVersionUID = 1L;

        ExampleProvider() {
            super("RFC 8291", "1", "the keys and the salt of an example");
            put("KeyPairGenerator.EC", ExampleKeys.class.getName());
            put("SecureRandom.DRBG", ExampleSalt.class.getName());
        }
    }

    /** The key pair of the example. */
    public static final class ExampleKeys extends KeyPairGeneratorSpi {
        @Override
        public void initialize(int size, SecureRandom random) {}

        @Override
        public void initialize(AlgorithmParameterSpec parameters, SecureRandom random) {}

        @Override
        public KeyPair generateKeyPair() {
            try {
                return new KeyPair(publicKey(bytes(AS_PUBLIC)), (ECPrivateKey) KeyFactory.getInstance("EC")
                        .generatePrivate(new ECPrivateKeySpec(new BigInteger(1, bytes(AS_PRIVATE)), curve())));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** The salt of the example. */
    public static final class ExampleSalt extends SecureRandomSpi {
        private static final long serialVersionUID = 1L;

        @Override
        protected void engineSetSeed(byte[] seed) {}

        @Override
        protected void engineNextBytes(byte[] into) {
            System.arraycopy(bytes(SALT), 0, into, 0, into.length);
        }

        @Override
        protected byte[] engineGenerateSeed(int count) {
            return new byte[count];
        }
    }
}
