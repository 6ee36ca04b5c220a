package org.postern.message.mtahooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads what Jackson reads, in whatever pieces it comes. */
class JsonInputTest {
    private static final JsonFactory JACKSON = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(31)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();
    private static final String TEXT = "\"plain \\\"\\\\\\/\\b\\f\\n\\r\\t \\u0000\\u00e9\\u20ac\\ud83d\\ude00"
            + " \u00e9\u20ac\ud83d\ude00\uffff\u007f\"";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 16, 1000})
    void decodesAStringWhateverTheBordersOfItsPieces(int piece) throws IOException {
        JsonInput json = new JsonInput(inPieces(TEXT.getBytes(StandardCharsets.UTF_8), piece), 31);

        assertThat(json.string(1000))
                .isEqualTo("plain \"\\/\b\f\n\r\t \0\u00e9\u20ac\ud83d\ude00 \u00e9\u20ac\ud83d\ude00\uffff\u007f");
        json.end();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void handsAStringOutInPiecesOfAnySize(int wanted) throws IOException {
        JsonText text = input(TEXT).text();
        byte[] piece = new byte[wanted];
        var all = new java.io.ByteArrayOutputStream();
        for (int n = text.read(piece, 0, wanted); n >= 0; n = text.read(piece, 0, wanted)) {
            all.write(piece, 0, n);
        }

        assertThat(all.toByteArray()).isEqualTo(input(TEXT).bytes(1000));
        assertThat(text.read()).isEqualTo(-1);
    }

    @Test
    void passesOverWhatIsLongerThanWanted() throws IOException {
        JsonInput json = input("[\"long\", \"x\"]");
        json.beginArray();
        assertThat(json.hasElement()).isTrue();
        assertThat(json.bytes(3)).isNull();
        assertThat(json.hasElement()).isTrue();
        assertThat(json.string(1)).isEqualTo("x");
        assertThat(json.hasElement()).isFalse();
        json.end();
        assertThatThrownBy(() -> input("\"long\"").string(3)).isInstanceOf(RefusedHookException.class);
    }

    @Test
    void countsWhatMayStandForLostBytes() throws IOException {
        JsonInput json = input("[\"a\ufffdb\\ufffd\", \"\\uFFFD\", \"\uff1d\ufffc\"]");
        json.skip();
        assertThat(json.replaced()).isEqualTo(3);
    }

    @Test
    void holdsNoMoreThanItsBufferOfAStringOfAnyLength() throws IOException {
        long length = 300L * 1024 * 1024;
        InputStream endless = new InputStream() {
            private long left = length;

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] into, int offset, int wanted) {
                if (left == length) {
                    left--;
                    into[offset] = '"';
                    return 1;
                }
                int n = (int) Math.min(wanted, left);
                java.util.Arrays.fill(into, offset, offset + n, (byte) 'x');
                left -= n;
                if (left == 0 && n > 0) {
                    into[offset + n - 1] = '"';
                }
                return n == 0 ? -1 : n;
            }
        };
        JsonInput json = new JsonInput(endless, 31);
        json.skip();
        json.end();
    }

    /** Documents with bytes changed, cut, doubled: both read them, or neither does. */
    @Test
    void readsWhatJacksonReadsAndNothingElse() throws IOException {
        long seed = Long.getLong("postern.fuzz.seed", 20261130);
        Random random = new Random(seed);
        String[] seeds = {
            "{\"a\": [1, -2.5e-3, 0, true, false, null], \"b\": {\"c\": \"\\u00e9\\ud83d\\ude00\"}}",
            "[[], {}, \"\", \"x\\n\", 12E+4, {\"a\": {\"b\": [[[\"\u20ac\"]]]}}]",
            TEXT,
            " { \"k\" :\t[ 1 ,\r\n2 ] } "
        };
        int read = 0;
        for (int round = 0; round < 60_000; round++) {
            byte[] document = garbled(seeds[random.nextInt(seeds.length)].getBytes(StandardCharsets.UTF_8), random);
            boolean ours = isReadByUs(document, 1 + random.nextInt(9));
            read += ours ? 1 : 0;
            assertThat(ours)
                    .as("seed %d, round %d: %s", seed, round, new String(document, StandardCharsets.ISO_8859_1))
                    .isEqualTo(isReadByJackson(document));
        }
        assertThat(read).as("documents that were read").isBetween(3_000, 55_000);
    }

    private static boolean isReadByUs(byte[] document, int piece) throws IOException {
        JsonInput json = new JsonInput(inPieces(document, piece), 31);
        try {
            json.skip();
            json.end();
            return true;
        } catch (RefusedHookException e) {
            return false;
        }
    }

    private static boolean isReadByJackson(byte[] document) throws IOException {
        // Jackson lets a few things through that UTF-8 and RFC 8259 do not.
        if (!isUtf8(document) || document.length > 2 && document[0] == (byte) 0xef) {
            return false;
        }
        String text = new String(document, StandardCharsets.UTF_8);
        try (JsonParser parser = JACKSON.createParser(text)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            boolean paired = isPaired(parser, text);
            return parser.nextToken() == null && paired;
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            return false;
        }
    }

    private static boolean isPaired(JsonParser ignored, String text) throws IOException {
        try (JsonParser parser = JACKSON.createParser(text)) {
            while (parser.nextToken() != null) {
                String value = parser.getText();
                if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isUtf8(byte[] document) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static byte[] garbled(byte[] document, Random random) {
        byte[] bytes = document.clone();
        byte[] likely = "\"\\{}[],:u0123456789abcdefnrt-+.eE \n\0\u00e9".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < random.nextInt(3); i++) {
            bytes[random.nextInt(bytes.length)] = likely[random.nextInt(likely.length)];
        }
        return random.nextInt(6) == 0 ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    private static JsonInput input(String text) {
        return new JsonInput(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 31);
    }

    private static InputStream inPieces(byte[] bytes, int piece) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return super.read(into, offset, Math.min(length, piece));
            }
        };
    }
}
