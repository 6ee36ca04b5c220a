package org.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every shared cache must do. */
public interface SharedCacheContract {
    CacheName ONE = new CacheName("1".repeat(64));
    CacheName OTHER = new CacheName("2".repeat(64));
    long PLENTY = 1 << 20;

    /** A cache with nothing in it. */
    SharedCache cache();

    /** The same, as another replica has it. */
    SharedCache otherReplica();

    /** Changes one bit of what is stored. */
    void damage(CacheName name) throws Exception;

    /** Puts what is stored under one name under another. */
    void swap(CacheName from, CacheName to) throws Exception;

    @Test
    default void what_one_replica_keeps_another_finds() throws Exception {
        cache().keep(ONE, bytes("one"));

        assertThat(otherReplica().find(ONE)).hasValue(bytes("one"));
        assertThat(otherReplica().find(OTHER)).isEmpty();
    }

    @Test
    default void what_is_kept_later_takes_the_place_of_what_was_there() throws Exception {
        cache().keep(ONE, bytes("one"));
        otherReplica().keep(ONE, bytes("another"));

        assertThat(cache().find(ONE)).hasValue(bytes("another"));
    }

    @Test
    default void nothing_may_be_kept_and_much() throws Exception {
        cache().keep(ONE, new byte[0]);
        cache().keep(OTHER, new byte[3_000_000]);

        assertThat(cache().find(ONE)).hasValue(new byte[0]);
        assertThat(cache().find(OTHER).orElseThrow()).hasSize(3_000_000);
    }

    @Test
    default void what_is_damaged_or_of_another_name_is_not_there() throws Exception {
        cache().keep(ONE, bytes("one"));
        swap(ONE, OTHER);
        damage(ONE);

        assertThat(cache().find(ONE)).isEmpty();
        assertThat(cache().find(OTHER)).isEmpty();
    }

    @Test
    default void what_is_too_old_goes() throws Exception {
        cache().keep(ONE, bytes("one"));

        assertThat(cache().trim(Instant.now().minusSeconds(60), PLENTY)).isPositive();
        assertThat(cache().find(ONE)).isPresent();

        assertThat(cache().trim(Instant.now().plusSeconds(60), PLENTY)).isZero();
        assertThat(cache().find(ONE)).isEmpty();
    }

    @Test
    default void what_is_too_much_goes() throws Exception {
        cache().keep(ONE, new byte[2000]);
        cache().keep(OTHER, new byte[2000]);

        long left = cache().trim(Instant.EPOCH, 3000);

        assertThat(left).isBetween(2000L, 3000L);
        assertThat(cache().find(ONE).isPresent() ^ cache().find(OTHER).isPresent())
                .isTrue();
        assertThat(cache().trim(Instant.EPOCH, 0)).isZero();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
