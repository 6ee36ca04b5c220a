package org.postern.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatelySeenTest {
    private final LatelySeen<String> seen = new LatelySeen<>(2);
    private final String first = "first";
    private final String second = "second";
    private final String third = "third";

    @Test
    void remembersWhatWasSeenUntilItIsForgotten() {
        seen.add(first);

        assertThat(seen.contains(first)).isTrue();
        assertThat(seen.remove(first)).isTrue();
        assertThat(seen.remove(first)).isFalse();
        assertThat(seen.contains(first)).isFalse();
    }

    @Test
    void forgetsTheOldestWhereThereAreTooMany() {
        seen.add(first);
        seen.add(second);
        seen.add(first);
        seen.add(third);

        assertThat(seen.contains(second)).isFalse();
        assertThat(seen.contains(first)).isTrue();
        assertThat(seen.contains(third)).isTrue();
    }
}
