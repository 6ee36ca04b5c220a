package org.postern.store;

import java.time.Instant;
import org.postern.events.ObjectId;
import org.postern.events.Tenant;

/**
 * An object as it lies in a store.
 *
 * @param writtenAt when it was written, or its key was wrapped anew; never earlier
 */
public record StoredObject(Tenant tenant, ObjectId id, Instant writtenAt) {}
