package org.postern.gateway.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a provider does not say that it can do, of what the door would use, and what that means for users. A provider may do
 * more than its discovery document says; whoever reads this should look there.
 */
final class ProviderGaps {
    private ProviderGaps() {}

    /**
     * What the door is set to use.
     *
     * @param login whether browsers log in
     * @param frontChannel whether logouts are told by browsers
     * @param opaque whether the provider is asked about tokens
     * @param acr the {@code acr} that routes ask for
     */
    record Wanted(boolean login, boolean frontChannel, boolean opaque, Set<String> acr) {
        Wanted {
            acr = Set.copyOf(acr);
        }
    }

    /**
     * The gaps, each a sentence.
     *
     * @param metadata a value of the discovery document as text, by its name; null where it is not there
     * @param lists a list of it; empty where it is not there
     */
    static List<String> of(
            Wanted wanted,
            Function<String, @Nullable String> metadata,
            Function<String, @Nullable List<String>> lists) {
        List<String> gaps = new ArrayList<>();
        logout(wanted, metadata, gaps);
        if (wanted.login()) {
            login(metadata, lists, gaps);
        }
        if (wanted.opaque() && metadata.apply("introspection_endpoint") == null) {
            gaps.add("no introspection: opaque tokens cannot be checked");
        }
        Set<String> unknown = new TreeSet<>(wanted.acr());
        unknown.removeAll(list(lists, "acr_values_supported"));
        if (!unknown.isEmpty()) {
            gaps.add("no acr " + String.join(", ", unknown) + ": whoever needs it for a step-up may never get it");
        }
        return gaps;
    }

    private static void logout(Wanted wanted, Function<String, @Nullable String> metadata, List<String> gaps) {
        if (!says(metadata, "backchannel_logout_supported")) {
            boolean front = wanted.frontChannel() && says(metadata, "frontchannel_logout_supported");
            gaps.add(
                    front
                            ? "no back-channel logout: a browser's session ends by the front channel, other tokens live until"
                                    + " they expire"
                            : "no back-channel logout: tokens live until they expire");
        } else if (!says(metadata, "backchannel_logout_session_supported")) {
            gaps.add("back-channel logout without sessions: one logout ends every session of a user");
        }
    }

    private static void login(
            Function<String, @Nullable String> metadata,
            Function<String, @Nullable List<String>> lists,
            List<String> gaps) {
        if (metadata.apply("end_session_endpoint") == null) {
            gaps.add("no page for logouts: whoever logs out here stays logged in there");
        }
        if (!list(lists, "code_challenge_methods_supported").contains("S256")) {
            gaps.add("no PKCE by S256: a stolen code is worth more");
        }
    }

    private static List<String> list(Function<String, @Nullable List<String>> lists, String name) {
        List<String> list = lists.apply(name);
        return list == null ? List.of() : list;
    }

    private static boolean says(Function<String, @Nullable String> metadata, String name) {
        return "true".equals(metadata.apply(name));
    }
}
