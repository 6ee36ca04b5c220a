package org.postern.store.s3;

import java.time.Duration;
import java.util.Optional;

/**
 * Where the bucket is.
 *
 * @param bucket its name
 * @param prefix what the names of all our objects begin with; empty, or with a slash at its end
 * @param region the region it is in, or what the service wants to have signed
 * @param endpoint the URL of a service that is not Amazon's
 * @param pathStyle whether the bucket stands in the path and not in the host name
 * @param timeout of each request; twice that with all its repetitions
 */
public record S3Settings(
        String bucket, String prefix, String region, Optional<String> endpoint, boolean pathStyle, Duration timeout) {}
