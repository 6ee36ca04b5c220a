package org.postern.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postern.store.CacheEntry;
import org.postern.store.StoreUnavailableException;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket, or a part of one under a prefix: what the store needs of S3, and its failures in the store's words. */
final class Bucket implements AutoCloseable {
    private static final int NOT_FOUND = 404;
    private static final int NOT_IMPLEMENTED = 501;

    private final S3Client client;
    private final String name;
    private final String prefix;

    private Bucket(S3Client client, String name, String prefix) {
        this.client = client;
        this.name = name;
        this.prefix = prefix;
    }

    static Bucket connect(S3Settings settings) {
        return connect(settings, DefaultCredentialsProvider.builder().build());
    }

    static Bucket connect(S3Settings settings, AwsCredentialsProvider credentials) {
        Duration timeout = settings.timeout();
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(credentials)
                .forcePathStyle(settings.pathStyle())
                // Only where S3 itself asks for it: services that speak S3 differ in what they know. What is stored is
                // authenticated by its encryption, to the last byte.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(3))
                        .socketTimeout(timeout))
                .overrideConfiguration(override ->
                        override.apiCallTimeout(timeout.multipliedBy(2)).apiCallAttemptTimeout(timeout));
        settings.endpoint().ifPresent(endpoint -> builder.endpointOverride(URI.create(endpoint)));
        return new Bucket(builder.build(), settings.bucket(), settings.prefix());
    }

    /**
     * Makes sure that what is erased here is gone.
     *
     * @throws StoreUnavailableException where the bucket cannot be asked, or keeps versions of what is erased
     */
    void refuseVersions() throws StoreUnavailableException {
        BucketVersioningStatus status = ask("its versioning", () -> {
            try {
                return client.getBucketVersioning(request -> request.bucket(name))
                        .status();
            } catch (S3Exception e) {
                if (e.statusCode() == NOT_IMPLEMENTED) {
                    return null;
                }
                throw e;
            }
        });
        if (status != null) {
            throw new StoreUnavailableException(
                    "the bucket keeps versions, so that nothing in it could ever be erased; use one that never did",
                    null);
        }
    }

    void put(String key, Path file) throws StoreUnavailableException {
        ask(
                "an object to be written",
                () -> client.putObject(request -> request.bucket(name).key(prefix + key), RequestBody.fromFile(file)));
    }

    void put(String key, byte[] bytes) throws StoreUnavailableException {
        ask(
                "an object to be written",
                () -> client.putObject(
                        request -> request.bucket(name).key(prefix + key), RequestBody.fromBytes(bytes)));
    }

    /** The bytes of a small object; nothing where there is none. */
    Optional<byte[]> read(String key) throws StoreUnavailableException {
        return Optional.ofNullable(ask(
                "an object",
                () -> found(() -> client.getObjectAsBytes(
                                request -> request.bucket(name).key(prefix + key))
                        .asByteArray())));
    }

    /** The bytes of an object; nothing where there is none. */
    Optional<InputStream> open(String key) throws StoreUnavailableException {
        ResponseInputStream<GetObjectResponse> stream = ask(
                "an object",
                () -> found(
                        () -> client.getObject(request -> request.bucket(name).key(prefix + key))));
        return stream == null ? Optional.empty() : Optional.of(new AbortingInputStream(stream));
    }

    boolean exists(String key) throws StoreUnavailableException {
        return ask(
                        "an object",
                        () -> found(() -> client.headObject(
                                request -> request.bucket(name).key(prefix + key))))
                != null;
    }

    void delete(String key) throws StoreUnavailableException {
        ask(
                "an object to be erased",
                () -> client.deleteObject(request -> request.bucket(name).key(prefix + key)));
    }

    /** Visits every object, in the order of their keys, without the prefix. */
    void list(Visitor visitor) throws IOException {
        this.<IOException>each("", object -> visitor.found(withoutPrefix(object), object.lastModified()));
    }

    /** Visits every object whose key begins with that, in the order of their keys, without the prefix. */
    void listUnder(String beginning, Consumer<CacheEntry> visitor) throws StoreUnavailableException {
        this.<RuntimeException>each(
                beginning,
                object -> visitor.accept(new CacheEntry(withoutPrefix(object), object.lastModified(), object.size())));
    }

    private String withoutPrefix(S3Object object) {
        return object.key().substring(prefix.length());
    }

    private <E extends Exception> void each(String beginning, Found<E> visitor) throws E, StoreUnavailableException {
        @Nullable String token = null;
        do {
            String page = token;
            var answer = ask(
                    "a list of objects",
                    () -> client.listObjectsV2(request ->
                            request.bucket(name).prefix(prefix + beginning).continuationToken(page)));
            for (S3Object object : answer.contents()) {
                visitor.found(object);
            }
            token = answer.nextContinuationToken();
        } while (token != null);
    }

    @FunctionalInterface
    private interface Found<E extends Exception> {
        void found(S3Object object) throws E;
    }

    /** Looks at objects. */
    @FunctionalInterface
    interface Visitor {
        void found(String key, java.time.Instant writtenAt) throws IOException;
    }

    private static <T> @Nullable T found(Supplier<T> question) {
        try {
            return question.get();
        } catch (NoSuchKeyException e) {
            return null;
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND && !"NoSuchBucket".equals(errorCode(e))) {
                return null;
            }
            throw e;
        }
    }

    private static String errorCode(S3Exception e) {
        return e.awsErrorDetails() == null
                ? ""
                : String.valueOf(e.awsErrorDetails().errorCode());
    }

    /** Without the message of the client, which names bucket and key. */
    private static <T extends @Nullable Object> T ask(String what, Supplier<T> question)
            throws StoreUnavailableException {
        try {
            return question.get();
        } catch (SdkException e) {
            throw new StoreUnavailableException("the bucket cannot be asked for " + what, e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
