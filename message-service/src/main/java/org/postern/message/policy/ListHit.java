package org.postern.message.policy;

import org.jspecify.annotations.Nullable;
import org.postern.events.MailAddress;

/**
 * An entry of a list that is about a message.
 *
 * @param list {@code allow} or {@code block}
 * @param scope whom it holds for: an address or a domain in lower case; null for every recipient
 */
public record ListHit(String list, @Nullable String scope) {
    boolean holdsFor(MailAddress recipient) {
        return scope == null || scope.equals(recipient.folded()) || scope.equals(recipient.domain());
    }
}
