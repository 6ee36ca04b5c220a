package org.postern.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {
    private final RouteTable table = RouteTable.of(50, 100);

    @ParameterizedTest
    @CsvSource({
        "POST,/v1/messages,MESSAGE,mail-submit",
        "GET,/v1/messages/019abcde-0000-7000-8000-000000000001,MESSAGE,mail-read-own",
        "GET,/v1/messages/019abcde-0000-7000-8000-000000000001/rendition,MESSAGE,mail-read-all",
        "POST,/v1/scan,SCAN,mail-submit",
        "GET,/v1/recall,SCAN,quarantine-admin",
        "POST,/v1/assess,SPAM,mail-submit",
        "POST,/v1/render,RENDER,render",
        "GET,/v1/push/events,PUSH,push-subscribe",
        "GET,/v1/push/session,PUSH,push-publish",
    })
    void a_call_goes_to_its_service_for_those_with_the_role(String method, String path, Destination to, String role) {
        assertThat(table.match(method, path)).isInstanceOfSatisfying(RouteTable.Match.Found.class, found -> {
            assertThat(found.route().destination()).isEqualTo(to);
            assertThat(found.route().roles()).contains(role);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1//messages",
                "/v1/messages/",
                "/v1/messages/../../internal/v1/views",
                "/v1/messages/%2e%2e/x",
                "/v1/messages/a%2fb",
                "/v1/messages/a\\b",
                "/v1/messages/a;b",
                "/v1/./messages",
                "",
                "/",
                "v1/messages",
                "*"
            })
    void a_path_that_could_be_read_in_two_ways_is_refused(String path) {
        assertThat(table.match("GET", path)).isInstanceOf(RouteTable.Match.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/internal/v1/views", "/q/health", "/q/metrics", "/v1", "/v2/messages", "/v1/messages/a/b/c/d"})
    void what_is_not_in_the_table_is_unknown(String path) {
        assertThat(table.match("GET", path)).isInstanceOf(RouteTable.Match.Unknown.class);
    }

    @Test
    void another_method_is_told_which_ones_there_are() {
        assertThat(table.match("PUT", "/v1/messages"))
                .isEqualTo(new RouteTable.Match.OtherMethod(Set.of("GET", "POST")));
    }

    @Test
    void a_route_without_a_role_cannot_be_written() {
        assertThatThrownBy(() -> new Route("GET", "/v1/open", Destination.MESSAGE, Set.of(), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_route_without_an_audience_cannot_be_written() {
        assertThatThrownBy(
                        () -> new Route("GET", "/v1/open", Destination.MESSAGE, false, Set.of(), Set.of("render"), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void every_route_has_a_role_and_a_limit_but_for_addresses_that_are_signed() {
        assertThat(table.routes()).isNotEmpty().allSatisfy(route -> {
            assertThat(route.roles().isEmpty()).isEqualTo(route.signed());
            assertThat(route.audiences().isEmpty()).isEqualTo(route.signed());
            assertThat(route.bodyLimit()).isPositive();
        });
    }

    @Test
    void images_and_digests_alone_are_for_whoever_has_their_address() {
        assertThat(table.routes().stream().filter(Route::signed).map(Route::name))
                .containsExactly("GET /v1/images/{token}", "GET /v1/digest/{token}", "POST /v1/digest/{token}");
    }

    @Test
    void a_signed_route_asks_for_no_role_in_vain() {
        assertThatThrownBy(() -> new Route("GET", "/v1/open", Destination.MESSAGE, true, Set.of(), Set.of("render"), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
