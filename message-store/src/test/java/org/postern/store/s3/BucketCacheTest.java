package org.postern.store.s3;

import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.postern.store.CacheName;
import org.postern.store.CacheSpace;
import org.postern.store.SharedCache;
import org.postern.store.SharedCacheContract;
import org.postern.store.StoreKey;

/** Against a service that speaks S3 over HTTP and checks what is signed. */
class BucketCacheTest implements SharedCacheContract {
    private static final StoreKey KEY = StoreKey.ofText("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");

    private static S3Service service;

    private final String prefix = UUID.randomUUID() + "/";
    private Bucket bucket;

    @BeforeAll
    static void startService() {
        service = S3Service.start();
    }

    @AfterAll
    static void stopService() throws IOException {
        service.close();
    }

    @BeforeEach
    void open() {
        bucket = service.bucket(prefix);
    }

    @AfterEach
    void close() {
        bucket.close();
    }

    @Override
    public SharedCache cache() {
        return new BucketCache(bucket, CacheSpace.IMAGES, KEY);
    }

    @Override
    public SharedCache otherReplica() {
        return new BucketCache(bucket, CacheSpace.IMAGES, KEY);
    }

    @Override
    public void damage(CacheName name) throws Exception {
        byte[] stored = bucket.read(place(name)).orElseThrow();
        stored[stored.length - 1] ^= 1;
        bucket.put(place(name), stored);
    }

    @Override
    public void swap(CacheName from, CacheName to) throws Exception {
        bucket.put(place(to), bucket.read(place(from)).orElseThrow());
    }

    private static String place(CacheName name) {
        return ".cache/" + name.hex().substring(0, 2) + "/" + name.hex();
    }
}
