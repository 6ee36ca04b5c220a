package org.postern.events;

/**
 * Where a body lies and what it must be: bodies never travel on Kafka, this does.
 *
 * @param tenant whose object it is
 * @param id its name in the message store
 * @param sha256 the hash of its plain bytes, checked on every read
 * @param size its plain bytes, 0 or more
 */
public record ObjectReference(Tenant tenant, ObjectId id, ContentHash sha256, long size) {
    public ObjectReference {
        if (size < 0) {
            throw new MalformedValueException("object reference", "size must not be negative");
        }
    }
}
