package org.postern.store.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.postern.store.CacheSpace;
import org.postern.store.MessageStore;
import org.postern.store.SharedCache;
import org.postern.store.StoreInventory;
import org.postern.store.StoreKey;
import org.postern.store.filesystem.FilesystemCache;
import org.postern.store.filesystem.FilesystemMessageStore;
import org.postern.store.s3.S3MessageStore;
import org.postern.store.s3.S3Settings;

/**
 * The store that an installation has.
 *
 * @param store where bodies are written and read
 * @param inventory the same store, for whoever looks after it
 * @param caches what lies beside the bodies, for every replica
 */
public record ConfiguredStore(MessageStore store, StoreInventory inventory, Function<CacheSpace, SharedCache> caches) {
    /**
     * Opens it.
     *
     * @throws IOException where the key file or the bucket cannot be read
     * @throws IllegalStateException where a setting is missing; the message names it
     */
    public static ConfiguredStore open(StoreConfig config) throws IOException {
        StoreKey key = StoreKey.ofFile(config.keyFile());
        return switch (config.kind()) {
            case FILESYSTEM -> {
                Path root = needed(config.root(), "postern.store.root");
                FilesystemMessageStore store = new FilesystemMessageStore(root, key);
                yield new ConfiguredStore(store, store, space -> new FilesystemCache(root, space, key));
            }
            case S3 -> {
                S3MessageStore store = S3MessageStore.open(
                        settings(config.s3()), key, Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
                yield new ConfiguredStore(store, store, store::cache);
            }
        };
    }

    /** The cache beside the bodies for one kind of thing. */
    public SharedCache cache(CacheSpace space) {
        return caches.apply(space);
    }

    static S3Settings settings(StoreConfig.S3 config) {
        return new S3Settings(
                needed(config.bucket(), "postern.store.s3.bucket"),
                config.prefix().orElse(""),
                config.region(),
                config.endpoint(),
                config.pathStyle(),
                config.timeout());
    }

    private static <T> T needed(Optional<T> setting, String name) {
        return setting.orElseThrow(() -> new IllegalStateException(name + " is needed by this kind of store"));
    }
}
