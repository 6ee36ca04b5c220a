package org.postern.store.s3;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** A service that speaks S3 over HTTP, checks signatures, and keeps its buckets in memory. */
final class S3Service implements AutoCloseable {
    static final String BUCKET = "mail";
    static final String BUCKET_WITH_VERSIONS = "mail-with-versions";
    private static final String ID = "postern";
    private static final String SECRET = "a-secret-of-the-test";

    private final S3Proxy proxy;

    private S3Service(S3Proxy proxy) {
        this.proxy = proxy;
    }

    static S3Service start() {
        try {
            BlobStore blobs = new TransientNio2BlobStore();
            blobs.createContainer(BUCKET);
            blobs.createContainer(BUCKET_WITH_VERSIONS);
            blobs.putBucketVersioning(BUCKET_WITH_VERSIONS, BucketVersioningStatus.ENABLED);
            S3Proxy proxy = S3Proxy.builder()
                    .blobStore(blobs)
                    .endpoint(URI.create("http://127.0.0.1:0"))
                    .awsAuthentication(AuthenticationType.AWS_V4, ID, SECRET)
                    .build();
            proxy.start();
            return new S3Service(proxy);
        } catch (Exception e) {
            throw new IllegalStateException("the S3 service of the test cannot start", e);
        }
    }

    S3Settings settings(String prefix) {
        return settings("http://127.0.0.1:" + proxy.getPort(), BUCKET, prefix);
    }

    static S3Settings settings(String endpoint, String bucket, String prefix) {
        return new S3Settings(bucket, prefix, "us-east-1", Optional.of(endpoint), true, Duration.ofSeconds(5));
    }

    static StaticCredentialsProvider credentials() {
        return credentials(SECRET);
    }

    static StaticCredentialsProvider credentials(String secret) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(ID, secret));
    }

    Bucket bucket(String prefix) {
        return Bucket.connect(settings(prefix), credentials());
    }

    @Override
    public void close() throws IOException {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
