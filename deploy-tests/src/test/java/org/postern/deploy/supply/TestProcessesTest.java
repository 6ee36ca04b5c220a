package org.postern.deploy.supply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.postern.deploy.Checkout;

class TestProcessesTest {
    private static final Pattern LENT = Pattern.compile("\\.inheritIO\\(\\)|Redirect\\.INHERIT");

    /**
     * Maven talks with a test process through that process's standard streams. A program that is lent them, npm for
     * one, sets them to be read without waiting, and the test process ends with "std/in stream corrupted".
     */
    @Test
    void noTestLendsItsStandardStreamsToAProgram() {
        List<String> lenders = Checkout.files(
                        ".",
                        name -> name.endsWith(".java")
                                && (name.contains("/src/test/") || name.startsWith("mail-test-support/")))
                .stream()
                .filter(file -> LENT.matcher(Checkout.text(file)).find())
                .map(Checkout::name)
                .filter(name -> !name.endsWith("/TestProcessesTest.java"))
                .toList();

        assertThat(lenders).isEmpty();
    }
}
