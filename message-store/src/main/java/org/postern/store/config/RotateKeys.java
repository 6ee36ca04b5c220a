package org.postern.store.config;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.postern.store.RotationResult;
import org.postern.store.StoreKey;
import org.postern.store.filesystem.KeyRotation;
import org.postern.store.s3.S3MessageStore;
import org.postern.store.s3.S3Settings;

/**
 * Wraps the data keys of a store anew, for an administrator. The store is a folder, or a bucket as
 * {@code s3://BUCKET/PREFIX/?region=R&endpoint=URL&path-style=true} with credentials from the environment; the second
 * argument is the key file.
 */
public final class RotateKeys {
    private static final int USAGE = 2;
    private static final String BUCKET = "s3://";

    private RotateKeys() {}

    /** Ends with 0 where older keys are needed no more, with 1 where some are, and with 2 where it could not begin. */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    static int run(String[] arguments, PrintStream out, PrintStream errors) {
        if (arguments.length != 2) {
            errors.println("usage: RotateKeys STORE KEY-FILE, where STORE is a folder or"
                    + " s3://BUCKET/PREFIX/?region=R&endpoint=URL&path-style=true");
            return USAGE;
        }
        try {
            StoreKey key = StoreKey.ofFile(Path.of(arguments[1]));
            RotationResult result = arguments[0].startsWith(BUCKET)
                    ? inBucket(settings(arguments[0]), key)
                    : new KeyRotation(Path.of(arguments[0]), key).run();
            out.printf(
                    "wrapped anew: %d, wrapped by the newest key before: %d, unreadable: %d%n",
                    result.wrapped(), result.current(), result.unreadable());
            return result.isComplete() ? 0 : 1;
        } catch (IOException | IllegalArgumentException e) {
            errors.println("cannot rotate: " + e.getMessage());
            return USAGE;
        }
    }

    private static RotationResult inBucket(S3Settings settings, StoreKey key) throws IOException {
        try (S3MessageStore store =
                S3MessageStore.open(settings, key, Path.of(System.getProperty("java.io.tmpdir", "/tmp")))) {
            return store.wrapKeysAnew();
        }
    }

    static S3Settings settings(String bucket) {
        URI uri = URI.create(bucket);
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("a bucket is written as s3://BUCKET/PREFIX/");
        }
        String query = uri.getQuery() == null ? "" : uri.getQuery();
        Map<String, String> parameters = Arrays.stream(query.split("&"))
                .filter(parameter -> parameter.contains("="))
                .collect(Collectors.toMap(
                        parameter -> parameter.substring(0, parameter.indexOf('=')),
                        parameter -> parameter.substring(parameter.indexOf('=') + 1)));
        return new S3Settings(
                uri.getHost(),
                uri.getPath().isEmpty() ? "" : uri.getPath().substring(1),
                parameters.getOrDefault("region", "us-east-1"),
                Optional.ofNullable(parameters.get("endpoint")),
                Boolean.parseBoolean(parameters.get("path-style")),
                Duration.ofSeconds(10));
    }
}
