package org.postern.deploy.documents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.postern.deploy.Checkout;

/** SECURITY.md promises what is tested, and names the address that the gateway publishes. */
class SecurityPolicyTest {
    private static final String POLICY = Checkout.text("SECURITY.md");

    @Test
    void everyPromiseHasATestThatExists() {
        String promises =
                POLICY.substring(POLICY.indexOf("## What we promise"), POLICY.indexOf("## Supported versions"));
        assertThat(NamedTests.in(promises)).hasSizeGreaterThan(8).isSubsetOf(NamedTests.existing());
        assertThat(promises.lines().filter(line -> line.startsWith("| ") && !line.startsWith("| promise")))
                .allSatisfy(line -> assertThat(NamedTests.in(line)).as(line).isNotEmpty());
    }

    /** Whoever reads {@code /.well-known/security.txt} of an installation without settings finds the same address. */
    @Test
    void namesTheAddressOfSecurityTxt() {
        String config = Checkout.text("gateway/src/main/java/org/postern/gateway/config/GatewayConfig.java");
        var contact = java.util.regex.Pattern.compile("\"mailto:([^\"]+)\"").matcher(config);
        assertThat(contact.find()).isTrue();
        assertThat(POLICY).contains("**" + contact.group(1) + "**").contains("postern.gateway.security-txt.contact");
    }

    @Test
    void saysWhatTheProcessIs() {
        assertThat(POLICY)
                .contains(
                        "within two weeks of the report",
                        "within two weeks of the evaluation",
                        "one week after the release")
                .contains("## Safe harbour", "## Supported versions", "## Verifying a release", "## What counts");
    }
}
