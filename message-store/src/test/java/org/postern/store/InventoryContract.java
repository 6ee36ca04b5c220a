package org.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postern.events.ObjectId;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;

/** What every inventory of a store must do. */
public interface InventoryContract extends MessageStoreContract {
    /** The same store. */
    StoreInventory inventory();

    /** Takes the key of an object away, as an erasure does that was cut short. */
    void losesItsKey(ObjectReference object) throws IOException;

    @Test
    default void every_object_of_every_tenant_is_visited_once() throws IOException {
        List<ObjectId> put = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            put.add(put("body " + i).id());
        }
        put.add(store().put(Tenant.of("other"), new ByteArrayInputStream(new byte[3]), LIMIT)
                .id());

        List<StoredObject> found = visited(later());

        assertThat(found).extracting(StoredObject::id).containsExactlyInAnyOrderElementsOf(put);
        assertThat(found).extracting(StoredObject::tenant).contains(Tenant.of("other"), TENANT);
    }

    @Test
    default void a_young_object_is_not_visited() throws IOException {
        put("young");
        assertThat(visited(Instant.now().minusSeconds(60))).isEmpty();
    }

    @Test
    default void bytes_without_a_key_are_remains_once_they_are_old() throws IOException {
        ObjectReference whole = put("whole");
        losesItsKey(put("half"));

        assertThat(inventory().eraseRemains(Instant.now().minusSeconds(60))).isZero();
        assertThat(inventory().eraseRemains(later())).isEqualTo(1);
        assertThat(inventory().eraseRemains(later())).isZero();

        assertThat(read(whole)).asString().isEqualTo("whole");
        assertThat(visited(later())).extracting(StoredObject::id).containsExactly(whole.id());
    }

    private List<StoredObject> visited(Instant before) throws IOException {
        List<StoredObject> found = new ArrayList<>();
        inventory().visit(before, found::add);
        return found;
    }

    private static Instant later() {
        return Instant.now().plusSeconds(60);
    }
}
