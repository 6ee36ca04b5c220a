/** The message store in a bucket of an S3 service. */
@NullMarked
package org.postern.store.s3;

import org.jspecify.annotations.NullMarked;
