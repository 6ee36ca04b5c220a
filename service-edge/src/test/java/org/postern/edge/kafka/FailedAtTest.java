package org.postern.edge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailedAtTest {
    @Test
    void saysWhatFailedWhereAndNotWithWhichWords() {
        assertThat(FailedAt.of(new IllegalStateException("of carol@example.org")))
                .startsWith("java.lang.IllegalStateException at org.postern.edge.kafka.FailedAtTest.")
                .doesNotContain("carol");
    }

    @Test
    void saysWhatFailedWhereTheVirtualMachineTellsNoPlace() {
        Throwable bare = new IllegalStateException("x");
        bare.setStackTrace(new StackTraceElement[0]);

        assertThat(FailedAt.of(bare)).isEqualTo("java.lang.IllegalStateException at a place that is not known");
    }
}
