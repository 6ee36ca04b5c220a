package org.postern.push.eventsource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parameters of RFC 8620, section 7.3. What is none of them is in {@code BadInputIT}. */
class StreamRequestTest {
    private static final Map<String, String> CHANGED = Map.of("Email", "e1", "Mailbox", "m1");

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"none, 2", "*, 2", "Email, 1", "'Email,Mailbox,Thread', 2", "Thread, 0"})
    void aClientHearsOfTheTypesItNames(@Nullable String types, int heard) {
        assertThat(StreamRequest.of(types, null, null, null).wanted(CHANGED)).hasSize(heard);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"none, 0", "0, 0", "1, 10", "10, 10", "300, 300", "86400, 3600"})
    void aPingIsNeitherTooOftenNorTooSeldom(@Nullable String asked, int seconds) {
        assertThat(StreamRequest.of(null, null, asked, null).ping()).isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource({"8, 7", "0, -1", "-5, -1", "of-another-server, -1", "99999999999999999999, -1"})
    void anIdIsTheNextPositionAndOneThatIsNoneOfOursHearsEverything(String id, long resume) {
        assertThat(StreamRequest.of(null, null, null, id).resume()).isEqualTo(resume);
    }

    @Test
    void whoeverComesWithoutAnIdBeginsAnew() {
        StreamRequest request = StreamRequest.of("*", "no", "0", null);
        assertThat(request.resume()).isNull();
        assertThat(request.closeAfterState()).isFalse();
        assertThat(StreamRequest.of("*", "state", "0", null).closeAfterState()).isTrue();
    }
}
