package org.postern.push.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.json.JsonString;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;
import org.postern.edge.caller.Caller;
import org.postern.edge.caller.CurrentCaller;
import org.postern.edge.problem.ProblemException;
import org.postern.events.MailAddress;
import org.postern.events.RecipientHashKey;
import org.postern.events.push.AccountId;
import org.postern.push.account.AccountDirectory;

/**
 * The accounts that a mail server names, by address or id. Its token may bind it to some of them by the claim
 * {@code push_accounts}: domains of addresses, and ids.
 */
@RequestScoped
public class AnnouncedAccounts {
    private static final String CLAIM = "push_accounts";

    private final CurrentCaller caller;
    private final JsonWebToken token;
    private final RecipientHashKey key;
    private final AccountDirectory directory;

    AnnouncedAccounts(CurrentCaller caller, JsonWebToken token, RecipientHashKey key, AccountDirectory directory) {
        this.caller = caller;
        this.token = token;
        this.key = key;
        this.directory = directory;
    }

    /**
     * The account of that name.
     *
     * @throws ProblemException 403 where the caller is bound to others
     */
    AccountId account(String name) {
        Caller who = caller.get();
        Set<String> bound = bound();
        if (name.contains("@")) {
            MailAddress address = MailAddress.of(name);
            allow(bound, address.folded().substring(address.folded().lastIndexOf('@') + 1));
            return directory.own(who.tenant(), key.hash(who.tenant(), address));
        }
        allow(bound, name);
        return AccountId.of(name);
    }

    private static void allow(@Nullable Set<String> bound, String name) {
        if (bound != null && !bound.contains(name)) {
            throw new ProblemException(403, "account-foreign", "The access token does not speak for this account.")
                    .withField("accounts")
                    .withNext("Announce accounts of the domains or ids in the claim push_accounts only.");
        }
    }

    /** What the caller is bound to; null where it speaks for all of its tenant. A claim of another form binds to nothing. */
    private @Nullable Set<String> bound() {
        Object claim = token.getClaim(CLAIM);
        if (claim == null) {
            return null;
        }
        Set<String> bound = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        if (claim instanceof Collection<?> values) {
            for (Object value : values) {
                bound.add(value instanceof JsonString text ? text.getString() : String.valueOf(value));
            }
        }
        return bound;
    }
}
