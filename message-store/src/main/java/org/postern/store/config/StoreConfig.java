package org.postern.store.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where bodies are stored: the same for every service that has the store. */
@ConfigMapping(prefix = "postern.store")
public interface StoreConfig {
    /** {@code filesystem} or {@code s3}. */
    @WithDefault("filesystem")
    Kind kind();

    /** The folder of the store, needed with {@code filesystem}. */
    Optional<Path> root();

    /** The file of the keys that wrap the objects' keys. */
    Path keyFile();

    /** The bucket, with {@code s3}. */
    S3 s3();

    /** What the store is. */
    enum Kind {
        FILESYSTEM,
        S3
    }

    /** A bucket. Credentials come from the environment, as every tool for S3 reads them ({@code AWS_ACCESS_KEY_ID} ...). */
    interface S3 {
        /** The bucket, needed with {@code s3}. It must keep no versions: what is erased has to be gone. */
        Optional<String> bucket();

        /** What the names of all objects begin with; with a slash at its end where there is one. */
        Optional<String> prefix();

        /** The region of the bucket, or whatever the service wants to have signed. */
        @WithDefault("us-east-1")
        String region();

        /** The URL of a service that is not Amazon's. */
        Optional<String> endpoint();

        /** Whether the bucket stands in the path and not in the host name: most services that are not Amazon's want it. */
        @WithDefault("false")
        boolean pathStyle();

        /** How long a request may take; twice that with all its repetitions. */
        @WithDefault("10S")
        Duration timeout();
    }
}
