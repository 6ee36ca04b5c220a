package org.postern.render.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.postern.events.mail.MailRendered;
import org.postern.events.mail.RemoteDomain;
import org.postern.render.remote.RemoteKind;
import org.postern.render.remote.RemoteReference;

class RemoteDomainsTest {
    @Test
    void aHostThatIsMadeForOneReaderIsNotTold() {
        List<RemoteDomain> domains = RemoteDomains.of(List.of(
                reference("reader-4711.mail.example.com", 2, false),
                reference("img.example.com", 1, true),
                reference("reader-4711.github.io", 1, true),
                reference("a.shop.co.uk", 5, false)));

        assertThat(domains)
                .containsExactly(
                        new RemoteDomain("shop.co.uk", 5, 0),
                        new RemoteDomain("example.com", 3, 1),
                        new RemoteDomain("github.io", 1, 1));
    }

    @Test
    void whatNobodyCanRegisterIsNotTold() {
        assertThat(RemoteDomains.of(List.of(
                        reference("192.0.2.1", 1, false),
                        reference("[2001:db8::1]", 1, false),
                        reference("invalid", 1, false),
                        reference("more-hosts", 1, false),
                        reference("reader-4711.intranet-of-ours", 1, false))))
                .isEmpty();
    }

    @Test
    void whatIsShownThroughTheProxyIsNotBlocked() {
        assertThat(RemoteDomains.of(
                        List.of(reference("img.example.com", 1, false).proxied())))
                .isEmpty();
    }

    @Test
    void aMailOfAThousandDomainsTellsOfFew() {
        List<RemoteReference> many = IntStream.range(0, 1000)
                .mapToObj(i -> reference("img.example" + i + ".com", 1 + i % 3, false))
                .toList();

        assertThat(RemoteDomains.of(many)).hasSize(MailRendered.MOST_DOMAINS).allMatch(domain -> domain.blocked() == 3);
    }

    private static RemoteReference reference(String host, int count, boolean tracker) {
        return RemoteReference.once(host, RemoteKind.IMAGE, tracker, null).times(count);
    }
}
