package org.postern.spam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EngineSlotsTest {
    private static final Deadline SOON = Deadline.in(Duration.ofMillis(50));

    @Test
    void givesUploadsHalfOfTheSlots() throws Exception {
        EngineSlots slots = new EngineSlots(4);

        slots.forUpload(SOON).orElseThrow();
        slots.forUpload(SOON).orElseThrow();

        assertThat(slots.forUpload(SOON)).isEmpty();
        assertThat(slots.free()).isEqualTo(2);
    }

    @Test
    void letsAnUploadInWhenAnotherIsDone() throws Exception {
        EngineSlots slots = new EngineSlots(2);
        slots.forUpload(SOON).orElseThrow().close();

        assertThat(slots.forUpload(Deadline.in(Duration.ofSeconds(1)))).isPresent();
    }

    @Test
    void turnsAnUploadAwayWhenMailHasAllSlotsUntilTheDeadline() throws Exception {
        EngineSlots slots = new EngineSlots(1);
        EngineSlots.Slot held = slots.forMail();

        assertThat(slots.forUpload(SOON)).isEmpty();

        held.close();
        assertThat(slots.forUpload(Deadline.in(Duration.ofSeconds(1)))).isPresent();
    }

    @Test
    void refusesToHaveNone() {
        assertThatThrownBy(() -> new EngineSlots(0)).hasMessage("concurrency (0) must be 1 or more");
    }
}
