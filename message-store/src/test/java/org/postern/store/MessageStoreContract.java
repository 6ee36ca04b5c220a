package org.postern.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.events.ContentHash;
import org.postern.events.ObjectId;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;

/** What every message store must do, whatever it keeps its objects in. */
public interface MessageStoreContract {
    Tenant TENANT = Tenant.DEFAULT;
    long LIMIT = 10_000_000;

    /** The store under test, empty at the start of each test. */
    MessageStore store();

    /** How many objects, or remains of one, the store holds. */
    long remains() throws IOException;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_519, 65_520, 65_536, 65_537, 1_000_003})
    default void what_is_put_is_what_is_read(int size) throws IOException {
        byte[] body = randomBytes(size);
        ObjectReference reference = store().put(TENANT, new ByteArrayInputStream(body), LIMIT);
        assertThat(reference.size()).isEqualTo(size);
        assertThat(read(reference)).isEqualTo(body);
    }

    @Test
    default void the_reference_holds_the_hash_of_the_plain_bytes() throws IOException {
        ObjectReference reference = put("abc");
        assertThat(reference.sha256().hex())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    default void the_same_body_put_twice_is_two_objects() throws IOException {
        assertThat(put("twice").id()).isNotEqualTo(put("twice").id());
    }

    @Test
    default void a_body_over_the_limit_is_refused_and_leaves_nothing() throws IOException {
        assertThatThrownBy(() -> store().put(TENANT, new ByteArrayInputStream(new byte[101]), 100))
                .isInstanceOfSatisfying(
                        BodyTooLargeException.class, e -> assertThat(e.limit()).isEqualTo(100));
        assertThat(remains()).isZero();
    }

    @Test
    default void a_body_of_exactly_the_limit_is_taken() throws IOException {
        assertThat(store().put(TENANT, new ByteArrayInputStream(new byte[100]), 100)
                        .size())
                .isEqualTo(100);
    }

    @Test
    default void a_body_that_breaks_off_leaves_nothing_and_keeps_its_own_exception() throws IOException {
        IOException broken = new IOException("the sender went away");
        InputStream body = new SequenceInputStream(new ByteArrayInputStream(randomBytes(200_000)), new InputStream() {
            @Override
            public int read() throws IOException {
                throw broken;
            }
        });
        assertThatThrownBy(() -> store().put(TENANT, body, LIMIT)).isSameAs(broken);
        assertThat(remains()).isZero();
    }

    @Test
    default void an_object_that_never_was_is_missing() {
        ObjectReference reference = new ObjectReference(TENANT, ObjectId.random(), ContentHash.of("0".repeat(64)), 1);
        assertThatThrownBy(() -> store().open(reference)).isInstanceOf(ObjectMissingException.class);
    }

    @Test
    default void an_erased_object_is_missing_and_leaves_nothing() throws IOException {
        ObjectReference reference = put("to be erased");
        assertThat(store().erase(TENANT, reference.id())).isTrue();
        assertThatThrownBy(() -> store().open(reference)).isInstanceOf(ObjectMissingException.class);
        assertThat(remains()).isZero();
    }

    @Test
    default void erasing_what_is_not_there_says_so() throws IOException {
        assertThat(store().erase(TENANT, ObjectId.random())).isFalse();
    }

    @Test
    default void another_tenants_object_is_missing() throws IOException {
        ObjectReference ours = put("ours");
        ObjectReference theirs = new ObjectReference(Tenant.of("other"), ours.id(), ours.sha256(), ours.size());
        assertThatThrownBy(() -> store().open(theirs)).isInstanceOf(ObjectMissingException.class);
    }

    @Test
    default void a_reference_with_another_hash_or_size_never_reads_to_its_end() throws IOException {
        ObjectReference reference = put("the real one");
        ObjectReference otherHash =
                new ObjectReference(TENANT, reference.id(), ContentHash.of("0".repeat(64)), reference.size());
        ObjectReference otherSize = new ObjectReference(TENANT, reference.id(), reference.sha256(), 3);
        assertThatThrownBy(() -> read(otherHash)).isInstanceOf(ObjectCorruptException.class);
        assertThatThrownBy(() -> read(otherSize)).isInstanceOf(ObjectCorruptException.class);
    }

    /** Puts a small text. */
    default ObjectReference put(String body) throws IOException {
        return store().put(TENANT, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), LIMIT);
    }

    /** Reads an object to its end. */
    default byte[] read(ObjectReference reference) throws IOException {
        try (InputStream in = store().open(reference)) {
            return in.readAllBytes();
        }
    }

    /** The same bytes for the same size, on every run. */
    static byte[] randomBytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
