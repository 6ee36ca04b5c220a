package org.postern.gateway.route;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postern.edge.caller.Role;

/** Every call that the door lets through. What is not here is refused. */
public final class RouteTable {
    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;
    private static final long SMALL = 64 * KIB;
    private static final Set<String> READERS = Set.of(Role.MAIL_READ_ALL, Role.MAIL_READ_OWN);
    private static final Set<String> READERS_AND_SUBMITTERS =
            Set.of(Role.MAIL_READ_ALL, Role.MAIL_READ_OWN, Role.MAIL_SUBMIT);

    private final List<Route> routes;

    /** The same, each with its path cut into segments, by how many those are. */
    private final Map<Integer, List<Cut>> cut;

    private record Cut(Route route, List<String> segments, Match.Found found) {}

    /** The table of the suite with these limits. */
    public static RouteTable of(long messageLimit, long scanLimit) {
        return new RouteTable(Stream.of(
                        messages(messageLimit),
                        quarantine(),
                        policy(),
                        webhooks(),
                        services(messageLimit, scanLimit),
                        push(),
                        identity())
                .flatMap(List::stream)
                .toList());
    }

    RouteTable(List<Route> routes) {
        this.routes = List.copyOf(routes);
        this.cut = this.routes.stream()
                .map(route -> new Cut(route, RequestPath.segments(route.path()), new Match.Found(route)))
                .collect(Collectors.groupingBy(one -> one.segments().size()));
    }

    /** All routes. */
    public List<Route> routes() {
        return routes;
    }

    /** What becomes of a request. */
    public Match match(String method, String path) {
        if (!RequestPath.isPlain(path)) {
            return new Match.Malformed();
        }
        List<Cut> asLong = cut.getOrDefault(RequestPath.count(path), List.of());
        for (Cut one : asLong) {
            if (one.route().method().equals(method) && Route.matches(one.segments(), path)) {
                return one.found();
            }
        }
        Set<String> allowed = asLong.stream()
                .filter(one -> Route.matches(one.segments(), path))
                .map(one -> one.route().method())
                .collect(Collectors.toSet());
        return allowed.isEmpty() ? new Match.Unknown() : new Match.OtherMethod(allowed);
    }

    /** What becomes of a request. */
    public sealed interface Match {
        /** It goes to a service, if its caller may make it. */
        record Found(Route route) implements Match {}

        /** There is no such path. */
        record Unknown() implements Match {}

        /** The path answers to other methods. */
        record OtherMethod(Set<String> allowed) implements Match {
            public OtherMethod {
                allowed = Set.copyOf(allowed);
            }
        }

        /** The path cannot be taken literally. */
        record Malformed() implements Match {}
    }

    private static List<Route> messages(long limit) {
        return List.of(
                route("POST", "/v1/messages", Destination.MESSAGE, Set.of(Role.MAIL_SUBMIT), limit),
                route("GET", "/v1/messages", Destination.MESSAGE, READERS, SMALL),
                route("GET", "/v1/messages/{id}", Destination.MESSAGE, READERS_AND_SUBMITTERS, SMALL),
                route("GET", "/v1/messages/{id}/events", Destination.MESSAGE, READERS, SMALL),
                route("GET", "/v1/messages/{id}/rendition", Destination.MESSAGE, READERS, SMALL),
                route("GET", "/v1/messages/{id}/view", Destination.MESSAGE, READERS, SMALL),
                route("GET", "/v1/messages/{id}/preview", Destination.MESSAGE, READERS, SMALL),
                route("GET", "/v1/messages/{id}/raw", Destination.MESSAGE, Set.of(Role.MAIL_CONTENT), SMALL),
                route(
                        "GET",
                        "/v1/messages/{id}/attachments/{part}",
                        Destination.MESSAGE,
                        Set.of(Role.MAIL_CONTENT),
                        SMALL));
    }

    private static List<Route> quarantine() {
        Set<String> admin = Set.of(Role.QUARANTINE_ADMIN);
        return List.of(
                route("POST", "/v1/messages/{id}/release", Destination.MESSAGE, admin, SMALL),
                route("POST", "/v1/messages/{id}/rescan", Destination.MESSAGE, admin, SMALL),
                route("DELETE", "/v1/messages/{id}", Destination.MESSAGE, admin, SMALL),
                route("GET", "/v1/messages/{id}/withdrawals", Destination.MESSAGE, admin, SMALL),
                route("POST", "/v1/messages/{id}/withdraw", Destination.MESSAGE, admin, SMALL),
                route("POST", "/v1/messages/{id}/restore", Destination.MESSAGE, admin, SMALL),
                route("POST", "/v1/messages/{id}/feedback", Destination.MESSAGE, Set.of(Role.MAIL_TRAIN), SMALL),
                route("POST", "/v1/messages/bulk/release", Destination.MESSAGE, admin, SMALL),
                route("POST", "/v1/messages/bulk/rescan", Destination.MESSAGE, admin, SMALL),
                route("POST", "/v1/messages/bulk/delete", Destination.MESSAGE, admin, SMALL),
                route("POST", "/v1/messages/bulk/restore", Destination.MESSAGE, admin, SMALL),
                route("POST", "/v1/messages/bulk/feedback", Destination.MESSAGE, Set.of(Role.MAIL_TRAIN), SMALL));
    }

    private static List<Route> policy() {
        Set<String> admin = Set.of(Role.POLICY_ADMIN);
        return List.of(
                route("GET", "/v1/policy", Destination.MESSAGE, admin, SMALL),
                route("POST", "/v1/policy/check", Destination.MESSAGE, admin, MIB),
                route("POST", "/v1/policy/dry-run", Destination.MESSAGE, admin, MIB),
                route("GET", "/v1/messages/{id}/explain", Destination.MESSAGE, admin, SMALL),
                route("GET", "/v1/lists", Destination.MESSAGE, admin, SMALL),
                route("POST", "/v1/lists", Destination.MESSAGE, admin, SMALL),
                route("DELETE", "/v1/lists/{id}", Destination.MESSAGE, admin, SMALL),
                route("GET", "/v1/audit", Destination.MESSAGE, admin, SMALL));
    }

    private static List<Route> webhooks() {
        Set<String> admin = Set.of(Role.POLICY_ADMIN);
        return List.of(
                route("GET", "/v1/webhooks", Destination.MESSAGE, admin, SMALL),
                route("POST", "/v1/webhooks", Destination.MESSAGE, admin, SMALL),
                route("GET", "/v1/webhooks/{id}", Destination.MESSAGE, admin, SMALL),
                route("DELETE", "/v1/webhooks/{id}", Destination.MESSAGE, admin, SMALL),
                route("POST", "/v1/webhooks/{id}/secret", Destination.MESSAGE, admin, SMALL),
                route("POST", "/v1/webhooks/{id}/resume", Destination.MESSAGE, admin, SMALL),
                route("POST", "/v1/webhooks/{id}/ping", Destination.MESSAGE, admin, SMALL),
                route("GET", "/v1/webhooks/{id}/dead-letters", Destination.MESSAGE, admin, SMALL),
                route("POST", "/v1/webhooks/{id}/dead-letters/redrive", Destination.MESSAGE, admin, SMALL),
                route("POST", "/v1/webhooks/{id}/dead-letters/{event}/redrive", Destination.MESSAGE, admin, SMALL),
                route("GET", "/v1/dead-letters", Destination.MESSAGE, admin, SMALL),
                route("GET", "/v1/dead-letters/{topic}", Destination.MESSAGE, admin, SMALL),
                route("POST", "/v1/dead-letters/{topic}/redrive", Destination.MESSAGE, admin, SMALL),
                route("GET", "/v1/dead-letters/{topic}/{place}", Destination.MESSAGE, admin, SMALL),
                route("POST", "/v1/dead-letters/{topic}/{place}/redrive", Destination.MESSAGE, admin, SMALL));
    }

    private static List<Route> services(long messageLimit, long scanLimit) {
        Set<String> submit = Set.of(Role.MAIL_SUBMIT);
        return List.of(
                route("POST", "/v1/scan", Destination.SCAN, submit, scanLimit),
                route("GET", "/v1/recall", Destination.SCAN, Set.of(Role.QUARANTINE_ADMIN), SMALL),
                route("POST", "/v1/assess", Destination.SPAM, submit, messageLimit),
                route("POST", "/v1/render", Destination.RENDER, Set.of(Role.RENDER), messageLimit),
                // A sandboxed page sends no token; the address is the permission.
                Route.signed("GET", "/v1/images/{token}", Destination.RENDER, SMALL),
                // Nor does a reader who follows a link of a letter.
                Route.signed("GET", "/v1/digest/{token}", Destination.MESSAGE, SMALL),
                Route.signed("POST", "/v1/digest/{token}", Destination.MESSAGE, SMALL));
    }

    private static List<Route> push() {
        Set<String> subscribe = Set.of(Role.PUSH_SUBSCRIBE);
        Set<String> admin = Set.of(Role.POLICY_ADMIN);
        return List.of(
                route("POST", "/v1/push/subscriptions", Destination.PUSH, subscribe, SMALL),
                route("GET", "/v1/push/subscriptions", Destination.PUSH, subscribe, SMALL),
                route("GET", "/v1/push/subscriptions/{id}", Destination.PUSH, subscribe, SMALL),
                route("DELETE", "/v1/push/subscriptions/{id}", Destination.PUSH, subscribe, SMALL),
                route("POST", "/v1/push/subscriptions/{id}/verify", Destination.PUSH, subscribe, SMALL),
                route("GET", "/v1/push/events", Destination.PUSH, subscribe, SMALL),
                route("GET", "/v1/push/vapid", Destination.PUSH, subscribe, SMALL),
                route(
                        "GET",
                        "/v1/push/session",
                        Destination.PUSH,
                        Set.of(Role.PUSH_SUBSCRIBE, Role.PUSH_PUBLISH),
                        SMALL),
                route("GET", "/v1/push/dead-letters", Destination.PUSH, admin, SMALL),
                route("POST", "/v1/push/dead-letters/redrive", Destination.PUSH, admin, SMALL),
                route("POST", "/v1/push/dead-letters/{id}/redrive", Destination.PUSH, admin, SMALL),
                route("DELETE", "/v1/push/dead-letters/{id}", Destination.PUSH, admin, SMALL),
                route("POST", "/v1/push/email-delivery", Destination.PUSH, Set.of(Role.PUSH_PUBLISH), SMALL),
                route("POST", "/v1/push/state-changes", Destination.PUSH, Set.of(Role.PUSH_PUBLISH), SMALL));
    }

    private static List<Route> identity() {
        Set<String> admin = Set.of(Role.IDENTITY_ADMIN);
        return List.of(route("POST", "/v1/identity/revocations", Destination.GATEWAY, admin, SMALL));
    }

    private static Route route(String method, String path, Destination destination, Set<String> roles, long bodyLimit) {
        return new Route(method, path, destination, roles, bodyLimit);
    }
}
