package org.postern.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.gateway.route.RouteTable;

class CrossSiteTest {
    private static final String ORIGIN = "https://door.example";
    private static final String VIEW = "GET /v1/messages/{id}/view";

    private final CrossSite crossSite = new CrossSite(ORIGIN);

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void the_page_of_a_mail_is_opened_from_wherever_the_link_stands(String site) {
        assertThat(crossSite.mayCall(VIEW, "GET", navigation(site, "document"))).isTrue();
    }

    @Test
    void no_other_route_is_opened_from_another_site() {
        assertThat(RouteTable.of(1, 1).routes())
                .filteredOn(route -> !route.name().equals(VIEW))
                .isNotEmpty()
                .noneMatch(
                        route -> crossSite.mayCall(route.name(), route.method(), navigation("cross-site", "document")));
        assertThat(RouteTable.of(1, 1).routes()).anyMatch(route -> route.name().equals(VIEW));
    }

    @ParameterizedTest
    @CsvSource({
        "navigate,iframe",
        "navigate,frame",
        "navigate,object",
        "navigate,embed",
        "navigate,empty",
        "no-cors,image",
        "no-cors,document",
        "cors,empty",
        "cors,document",
        "same-origin,document",
        "websocket,empty",
    })
    void the_page_of_a_mail_is_not_fetched_framed_or_embedded_by_another_site(String mode, String destination) {
        MultiMap headers = navigation("cross-site", destination).set("Sec-Fetch-Mode", mode);
        assertThat(crossSite.mayCall(VIEW, "GET", headers)).isFalse();
    }

    @Test
    void a_navigation_that_says_something_twice_or_not_at_all_is_none() {
        for (String header : new String[] {"Sec-Fetch-Site", "Sec-Fetch-Mode", "Sec-Fetch-Dest"}) {
            MultiMap twice = navigation("cross-site", "document");
            assertThat(crossSite.mayCall(VIEW, "GET", twice.add(header, twice.get(header))))
                    .as(header + " twice")
                    .isFalse();
        }
        for (String header : new String[] {"Sec-Fetch-Mode", "Sec-Fetch-Dest"}) {
            assertThat(crossSite.mayCall(
                            VIEW, "GET", navigation("cross-site", "document").remove(header)))
                    .as("without " + header)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "POST", "DELETE"})
    void a_page_is_opened_by_get_only(String method) {
        assertThat(crossSite.mayCall(VIEW, method, navigation("cross-site", "document")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "https://evil.example"})
    void whoever_names_another_origin_opens_nothing(String origin) {
        MultiMap headers = navigation("cross-site", "document").set("Origin", origin);
        assertThat(crossSite.mayCall(VIEW, "GET", headers)).isFalse();
    }

    @Test
    void a_page_of_our_own_calls_as_before() {
        MultiMap own = MultiMap.caseInsensitiveMultiMap().set("Sec-Fetch-Site", "same-origin");
        assertThat(crossSite.mayCall("GET /v1/messages", "GET", own)).isTrue();
        assertThat(crossSite.mayCall("DELETE /v1/messages/{id}", "DELETE", own)).isFalse();
        assertThat(crossSite.mayCall("DELETE /v1/messages/{id}", "DELETE", own.set(CrossSite.HEADER, "1")))
                .isTrue();
    }

    @Test
    void who_does_not_say_where_he_is_reads_and_changes_nothing_without_our_origin() {
        MultiMap silent = MultiMap.caseInsensitiveMultiMap();
        assertThat(crossSite.mayCall("GET /v1/messages", "GET", silent)).isTrue();
        silent.set(CrossSite.HEADER, "1");
        assertThat(crossSite.mayCall("DELETE /v1/messages/{id}", "DELETE", silent))
                .isFalse();
        assertThat(crossSite.mayCall("DELETE /v1/messages/{id}", "DELETE", silent.set("Origin", ORIGIN)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "cross-site,remote=proxied,true",
        "same-site,remote=proxied,true",
        "cross-site,remote=blocked&remote=proxied,true",
        "cross-site,r%65mote=proxied,true",
        "cross-site,anything,true",
        "cross-site,remote=blocked,false",
        "cross-site,,false",
        "same-origin,remote=proxied,false",
        "none,remote=proxied,false",
    })
    void images_that_another_site_wants_shown_are_shown_where_the_user_wants_it_too(
            String site, String query, boolean asked) {
        assertThat(crossSite.mustBeMeant(VIEW, query, navigation(site, "document")))
                .isEqualTo(asked);
    }

    private static MultiMap navigation(String site, String destination) {
        return MultiMap.caseInsensitiveMultiMap()
                .set("Sec-Fetch-Site", site)
                .set("Sec-Fetch-Mode", "navigate")
                .set("Sec-Fetch-Dest", destination);
    }
}
