package org.postern.render.css;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentTest {
    private final Recent<String, String> recent = new Recent<>(80, (key, value) -> value.length());

    @Test
    void what_was_asked_for_last_stays_and_the_rest_goes_when_it_is_too_much() {
        for (int i = 0; i < 8; i++) {
            recent.keep("key " + i, "0123456789");
        }
        assertThat(recent.get("key 0")).isNotNull();

        recent.keep("key 8", "0123456789");

        assertThat(recent.get("key 0")).isNotNull();
        assertThat(recent.get("key 1")).isNull();
        assertThat(recent.get("key 8")).isNotNull();
    }

    @Test
    void one_that_would_drive_many_out_is_not_kept() {
        recent.keep("large", "01234567890");

        assertThat(recent.get("large")).isNull();
    }

    @Test
    void keeping_the_same_again_takes_no_more_room() {
        recent.keep("other", "0123456789");
        for (int i = 0; i < 100; i++) {
            recent.keep("key", "0123456789");
        }

        assertThat(recent.get("other")).isNotNull();
    }
}
