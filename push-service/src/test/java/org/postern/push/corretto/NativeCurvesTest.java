package org.postern.push.corretto;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NativeCurvesTest {
    @Test
    void theLibraryLoadsHereAndHasWhatWebPushNeeds() {
        NativeCurves curves = NativeCurves.load();

        Provider provider = curves.provider();
        assertThat(provider).as(curves.reason()).isNotNull();
        assertThat(provider.getService("KeyPairGenerator", "EC")).isNotNull();
        assertThat(provider.getService("KeyAgreement", "ECDH")).isNotNull();
    }

    @Test
    void theRestOfThePlatformStaysAsItIs() {
        Provider[] before = Security.getProviders();
        NativeCurves.load();
        assertThat(Arrays.asList(Security.getProviders())).containsExactly(before);
    }
}
