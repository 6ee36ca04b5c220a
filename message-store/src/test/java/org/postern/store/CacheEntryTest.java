package org.postern.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.events.MalformedValueException;

class CacheEntryTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final CacheEntry OLD = new CacheEntry("old", NOW.minusSeconds(30), 100);
    private static final CacheEntry MIDDLE = new CacheEntry("middle", NOW.minusSeconds(20), 100);
    private static final CacheEntry NEW = new CacheEntry("new", NOW.minusSeconds(10), 100);
    private static final List<CacheEntry> ALL = List.of(MIDDLE, NEW, OLD);

    @Test
    void the_oldest_go_first_until_no_more_is_left_than_may_be() {
        assertThat(CacheEntry.surplus(ALL, Instant.EPOCH, 300)).isEmpty();
        assertThat(CacheEntry.surplus(ALL, Instant.EPOCH, 299)).containsExactly(OLD);
        assertThat(CacheEntry.surplus(ALL, Instant.EPOCH, 100)).containsExactly(OLD, MIDDLE);
        assertThat(CacheEntry.surplus(ALL, Instant.EPOCH, 0)).containsExactly(OLD, MIDDLE, NEW);
    }

    @Test
    void what_is_too_old_goes_though_there_is_room() {
        assertThat(CacheEntry.surplus(ALL, NOW.minusSeconds(15), 1000)).containsExactly(OLD, MIDDLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "../../etc/passwd", "1", "G111111111111111111111111111111111111111111111111111111111111111"})
    void a_name_is_a_sum_and_nothing_else(String name) {
        assertThatThrownBy(() -> new CacheName(name)).isInstanceOf(MalformedValueException.class);
    }
}
