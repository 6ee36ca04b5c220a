package org.postern.scan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturesTest {
    @ParameterizedTest
    @ValueSource(strings = {"27501", "27501+9f0c", "+9f0c", ""})
    void keepTheirWord(String word) {
        assertThat(Signatures.of(word).word()).isEqualTo(word);
    }

    @Test
    void areUnknownWhereTheWordIsNone() {
        assertThat(Signatures.of("main.cvd").word()).isEmpty();
        assertThat(Signatures.of((String) null).word()).isEmpty();
    }

    @ParameterizedTest(name = "{0} after {1}: {2}")
    @CsvSource({
        "27501, 27500, true",
        "27500, 27501, false",
        "27501, 27501, false",
        "27501+b, 27501+a, true",
        "27501, 27501+a, true",
        "27500+b, 27501+a, false",
        "27501, '', true",
        "'', 27501, false",
        "+b, +a, true",
        "27501+a, +a, true"
    })
    void replaceOthersWhereTheyMayFindMore(String now, String before, boolean expected) {
        assertThat(Signatures.of(now).replace(Signatures.of(before))).isEqualTo(expected);
    }
}
