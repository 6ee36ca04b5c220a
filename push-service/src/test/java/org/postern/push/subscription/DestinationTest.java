package org.postern.push.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DestinationTest {
    @ParameterizedTest
    @CsvSource({
        "https://push.example.com/a, https://push.example.com",
        "HTTPS://Push.Example.com:443/b, https://push.example.com",
        "https://push.example.com?token=secret, https://push.example.com",
        "https://push.example.com?a/b, https://push.example.com",
        "https://push.example.com:8443/a, https://push.example.com:8443",
        "http://127.0.0.1:80/a, http://127.0.0.1",
        "https://[2001:DB8::1]/a, https://[2001:db8::1]",
    })
    void aHostIsOneHoweverItIsWrittenAndHasNothingOfTheSecretInIt(String url, String host) {
        assertThat(new Destination.WebPush(url, "p256dh", "auth").host()).isEqualTo(host);
    }
}
