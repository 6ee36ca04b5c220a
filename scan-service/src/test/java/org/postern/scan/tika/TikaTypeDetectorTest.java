package org.postern.scan.tika;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TikaTypeDetectorTest {
    @ParameterizedTest
    @CsvSource({
        "1f8b0800000000000003, application/gzip",
        "1f8b71c94ce0a3b47f20, application/octet-stream",
        "1f9d9061c4ccc1c8b1b0, application/x-compress",
        "1f9d9f61c4ccc1c8b1b0, application/octet-stream",
        "1f9d9061c5ccc1c8b1b0, application/octet-stream",
    })
    void takesRandomBytesForPackedOnesOnlyWhereSomebodyCouldUnpackThem(String hex, String type) {
        assertThat(new TikaTypeDetector().detect(HexFormat.of().parseHex(hex))).isEqualTo(type);
    }
}
