package org.postern.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProviderGapsTest {
    private final Map<String, String> said = new HashMap<>(Map.of(
            "backchannel_logout_supported", "true",
            "backchannel_logout_session_supported", "true",
            "end_session_endpoint", "https://id.example/logout",
            "introspection_endpoint", "https://id.example/introspect"));
    private final Map<String, List<String>> lists = new HashMap<>(Map.of(
            "code_challenge_methods_supported", List.of("plain", "S256"), "acr_values_supported", List.of("1", "2")));

    private List<String> gaps(boolean frontChannel) {
        return ProviderGaps.of(new ProviderGaps.Wanted(true, frontChannel, true, Set.of("2")), said::get, lists::get);
    }

    @Test
    void a_provider_that_can_everything_lacks_nothing() {
        assertThat(gaps(false)).isEmpty();
    }

    @Test
    void without_back_channel_logout_tokens_live_until_they_expire() {
        said.remove("backchannel_logout_supported");
        assertThat(gaps(false)).containsExactly("no back-channel logout: tokens live until they expire");
        said.put("frontchannel_logout_supported", "true");
        assertThat(gaps(true)).singleElement().asString().contains("front channel");
    }

    @Test
    void each_gap_is_a_sentence_of_what_it_means() {
        said.put("backchannel_logout_session_supported", "false");
        said.remove("end_session_endpoint");
        said.remove("introspection_endpoint");
        lists.clear();
        assertThat(gaps(false))
                .hasSize(5)
                .allMatch(gap -> gap.contains(": "))
                .anyMatch(gap -> gap.contains("ends every session"))
                .anyMatch(gap -> gap.contains("stays logged in there"))
                .anyMatch(gap -> gap.contains("S256"))
                .anyMatch(gap -> gap.contains("opaque"))
                .anyMatch(gap -> gap.contains("acr 2"));
    }
}
