package org.postern.store.filesystem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.postern.events.ObjectId;
import org.postern.events.Tenant;

/** The files of one object. */
record ObjectFiles(Path folder, ObjectId id) {
    private static final int SHARD_DIGITS = 2;

    static ObjectFiles of(Path root, Tenant tenant, ObjectId id) {
        String shard = id.value().substring(0, SHARD_DIGITS);
        return new ObjectFiles(root.resolve(tenant.value()).resolve(shard), id);
    }

    Path body() {
        return folder.resolve(id + ".body");
    }

    Path key() {
        return folder.resolve(id + ".key");
    }

    Path bodyBeingWritten() {
        return folder.resolve(id + ".body.part");
    }

    Path keyBeingWritten() {
        return folder.resolve(id + ".key.part");
    }

    Path keyBeingRotated() {
        return folder.resolve(id + ".key.rotated");
    }

    /** Removes what a failed write left. The failure itself is what the caller must learn of. */
    void deleteQuietly() {
        for (Path path : List.of(keyBeingWritten(), key(), bodyBeingWritten(), body())) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                // Without its key file the rest is unreadable bytes, swept later.
                continue;
            }
        }
    }
}
