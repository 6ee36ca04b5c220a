package org.postern.push.stream;

import org.postern.events.Tenant;
import org.postern.events.push.AccountId;
import org.postern.push.Credentials;

/**
 * Who listens to what.
 *
 * @param credentials what the stream was opened with
 */
public record Listening(Tenant tenant, AccountId account, Credentials credentials) {}
