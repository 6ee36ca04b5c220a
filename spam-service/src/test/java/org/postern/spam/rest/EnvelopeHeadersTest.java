package org.postern.spam.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import jakarta.ws.rs.core.HttpHeaders;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postern.edge.problem.ProblemException;
import org.postern.events.MailAddress;

class EnvelopeHeadersTest {
    @Test
    void readsRecipientsOfACommaListAndOfRepeatedFields() {
        assertThat(recipients("<a@b.example>, c@d.example", "e@f.example"))
                .containsExactly("a@b.example", "c@d.example", "e@f.example");
    }

    @Test
    void takesACommaInAQuotedLocalPartForPartOfIt() {
        assertThat(recipients("\"a,b\"@c.example, d@e.example")).containsExactly("\"a,b\"@c.example", "d@e.example");
    }

    @Test
    void refusesAQuoteThatDoesNotEnd() {
        assertThatThrownBy(() -> recipients("\"a@b.example, c@d.example")).isInstanceOf(ProblemException.class);
    }

    @Test
    void readsAListOfCommasAloneInOnePass() {
        String commas = ",".repeat(500_000);

        // Looking ahead of each comma took minutes.
        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(20), () -> recipients(commas)))
                .isEmpty();
    }

    private static List<String> recipients(String... fields) {
        HttpHeaders headers = (HttpHeaders) Proxy.newProxyInstance(
                EnvelopeHeadersTest.class.getClassLoader(),
                new Class<?>[] {HttpHeaders.class},
                (proxy, method, arguments) -> arguments[0].equals("Envelope-To") ? List.of(fields) : List.of());
        return new EnvelopeHeaders(headers)
                .recipients().stream().map(MailAddress::value).toList();
    }
}
