package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundGuardTest {
    private static final List<Network> OPERATORS_OWN = List.of(Network.of("10.11.12.0/24"));

    @ParameterizedTest
    @CsvFileSource(resources = "/targets.csv", delimiter = ';', useHeadersInDisplayName = true)
    void aConnectionIsMadeToThePublicInternetOrWhereAnOperatorAllowedIt(
            String url, @Nullable String addresses, String outcome) {
        OutboundGuard guard = new OutboundGuard(host -> known(host, addresses), OPERATORS_OWN);
        RefusedTargetException refusal = catchThrowableOfType(RefusedTargetException.class, () -> guard.check(url));
        assertThat(refusal == null ? "allowed" : refusal.reason().name()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/web-targets.csv", delimiter = ';', useHeadersInDisplayName = true)
    void whatAMailNamesIsReachedOnThePortsOfTheWebUnlessItIsDenied(
            String url, @Nullable String addresses, String outcome) {
        Reach reach = Reach.WEB.without(List.of("Denied.example.com"), List.of(Network.of("93.184.215.0/28")));
        OutboundGuard guard = new OutboundGuard(host -> known(host, addresses), OPERATORS_OWN, reach);
        RefusedTargetException refusal = catchThrowableOfType(RefusedTargetException.class, () -> guard.check(url));
        assertThat(refusal == null ? "allowed" : refusal.reason().name()).isEqualTo(outcome);
    }

    @Test
    void theAddressThatWasLookedAtIsTheOneToConnectTo() throws Exception {
        AtomicInteger lookups = new AtomicInteger();
        OutboundGuard guard = new OutboundGuard(
                host -> List.of(InetAddress.getByName(lookups.getAndIncrement() == 0 ? "93.184.215.14" : "127.0.0.1")),
                List.of());

        OutboundTarget target = guard.check("https://rebinding.example.com/x");

        assertThat(target.address().getHostAddress()).isEqualTo("93.184.215.14");
        assertThat(target.port()).isEqualTo(443);
        assertThat(target.isSecure()).isTrue();
        assertThat(lookups).hasValue(1);
    }

    @Test
    void aUrlThatIsTooLongIsNotLookedAt() {
        OutboundGuard guard = new OutboundGuard(NameResolver.system(), List.of());
        assertThatThrownBy(() -> guard.check("https://push.example.com/" + "x".repeat(2048)))
                .isInstanceOfSatisfying(RefusedTargetException.class, refusal -> assertThat(refusal.reason())
                        .isEqualTo(RefusedTargetException.Reason.MALFORMED));
    }

    @Test
    void aTargetDoesNotShowItsUrl() throws Exception {
        OutboundGuard guard = new OutboundGuard(NameResolver.system(), OPERATORS_OWN);
        assertThat(guard.check("https://10.11.12.13/secret")).asString().doesNotContain("secret", "10.11");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "example.com/8", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "::/129", "10.0.0.0/8/8", "1/8"
            })
    void aNetworkThatIsNotOneIsRefused(String cidr) {
        assertThatThrownBy(() -> Network.of(cidr)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAddressAloneIsANetworkOfOne() throws Exception {
        assertThat(Network.of("fd00::1").contains(InetAddress.getByName("fd00::1")))
                .isTrue();
        assertThat(Network.of("fd00::1").contains(InetAddress.getByName("fd00::2")))
                .isFalse();
        assertThat(Network.of("0.0.0.0/0").contains(InetAddress.getByName("fd00::2")))
                .isFalse();
    }

    private static List<InetAddress> known(String host, @Nullable String addresses) throws UnknownHostException {
        if (addresses == null) {
            if (host.endsWith(".com")) {
                throw new UnknownHostException();
            }
            return List.of(InetAddress.getByName(host));
        }
        List<InetAddress> known = new ArrayList<>();
        for (String address : addresses.split(" ")) {
            known.add(InetAddress.getByName(address));
        }
        return known;
    }
}
