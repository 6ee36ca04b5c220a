package org.postern.render.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReaderNamesTest {
    private final ReaderNames names = new ReaderNames(List.of("Ann@Example.org"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://i.example/a.png?to=ann@example.org",
                "https://i.example/a.png?to=Ann%40Example.org",
                "https://i.example/ann=example.org/a.png",
                "https://i.example/YW5uQGV4YW1wbGUub3Jn.png",
                "https://i.example/a?x=616e6e406578616d706c652e6f7267",
                "https://i.example/8b5a6a28fc840441be692d74a81ccd1a/a.png"
            })
    void anAddressThatNamesTheReaderIsKnown(String url) {
        assertThat(names.isNamedBy(url(url))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.org/a.png", "https://i.example/ann.png", "https://i.example/%zz"})
    void anyOtherIsNot(String url) {
        assertThat(names.isNamedBy(url(url))).isFalse();
    }

    @Test
    void nobodyIsNamedWhereNobodyIsKnown() {
        assertThat(ReaderNames.NONE.isNamedBy(url("https://i.example/ann@example.org")))
                .isFalse();
        assertThat(new ReaderNames(List.of("", "a@b", "@")).isNamedBy(url("https://i.example/a@b")))
                .isFalse();
    }

    private static RemoteUrl url(String text) {
        return Objects.requireNonNull(RemoteUrl.of(text));
    }
}
