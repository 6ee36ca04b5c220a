package org.postern.store.s3;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.postern.events.MalformedValueException;
import org.postern.events.ObjectId;
import org.postern.events.Tenant;

/**
 * Where the two parts of an object lie in a bucket, {@code <tenant>/<first two digits>/<id>.body} and {@code .key}, as the
 * filesystem adapter has files.
 */
record ObjectPlace(Tenant tenant, ObjectId id) {
    private static final int SHARD_DIGITS = 2;

    /** One of the two parts. */
    enum Part {
        BODY(".body"),
        KEY(".key");

        private final String ending;

        Part(String ending) {
            this.ending = ending;
        }
    }

    String body() {
        return of(Part.BODY);
    }

    String key() {
        return of(Part.KEY);
    }

    private String of(Part part) {
        return tenant + "/" + id.value().substring(0, SHARD_DIGITS) + "/" + id + part.ending;
    }

    /** Looks at objects. */
    @FunctionalInterface
    interface Visitor {
        void found(ObjectPlace place, Instant writtenAt) throws IOException;
    }

    /** Visits every object that has that part. */
    static void visit(Bucket bucket, Part part, Visitor visitor) throws IOException {
        bucket.list((name, writtenAt) -> {
            Optional<ObjectPlace> place = read(name, part);
            if (place.isPresent()) {
                visitor.found(place.get(), writtenAt);
            }
        });
    }

    /** Nothing where it is not one of ours. */
    private static Optional<ObjectPlace> read(String name, Part part) {
        String[] steps = name.split("/", -1);
        if (steps.length != 3 || !steps[2].endsWith(part.ending)) {
            return Optional.empty();
        }
        try {
            String id = steps[2].substring(0, steps[2].length() - part.ending.length());
            return Optional.of(new ObjectPlace(Tenant.of(steps[0]), ObjectId.of(id)));
        } catch (MalformedValueException e) {
            return Optional.empty();
        }
    }
}
