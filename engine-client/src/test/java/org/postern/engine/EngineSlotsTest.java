package org.postern.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
    void sparesASlotForMailWhileThereAreSeveral() throws Exception {
        EngineSlots slots = new EngineSlots(2);
        slots.whenFree();

        CompletableFuture<EngineSlots.Slot> waiting = takenWhenFree(slots);

        assertThat(waiting).isNotDone();
        assertThat(slots.free()).isEqualTo(1);
        slots.forMail().close();
        assertThat(waiting).isNotDone();
        waiting.cancel(true);
    }

    @Test
    void givesTheOnlySlotToWhatCanWaitWhenMailIsDone() throws Exception {
        EngineSlots slots = new EngineSlots(1);
        EngineSlots.Slot mail = slots.forMail();
        CompletableFuture<EngineSlots.Slot> waiting = takenWhenFree(slots);
        assertThat(waiting).isNotDone();

        mail.close();

        assertThat(waiting.get(10, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    @Timeout(30)
    void letsMailThatCameLaterGoBeforeWhatCanWait() throws Exception {
        EngineSlots slots = new EngineSlots(1);
        EngineSlots.Slot held = slots.forMail();
        CompletableFuture<EngineSlots.Slot> canWait = takenWhenFree(slots);
        CompletableFuture<EngineSlots.Slot> mail = new CompletableFuture<>();
        Thread mailWaits = taken(slots::forMail, mail);
        // Until it stands in line, whatever can wait may go first.
        while (mailWaits.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(canWait).isNotDone();

        held.close();

        mail.get(10, TimeUnit.SECONDS).close();
        assertThat(canWait.get(10, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void givesEachOfManyThatCanWaitASlotInTheEnd() throws Exception {
        EngineSlots slots = new EngineSlots(3);
        List<CompletableFuture<EngineSlots.Slot>> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(taken(i % 2 == 0 ? slots::whenFree : slots::forMail).thenApply(slot -> {
                slot.close();
                return slot;
            }));
        }

        assertThat(all).allSatisfy(one -> assertThat(one).succeedsWithin(Duration.ofSeconds(10)));
        assertThat(slots.free()).isEqualTo(3);
    }

    private interface Taking {
        EngineSlots.Slot take() throws InterruptedException;
    }

    private static CompletableFuture<EngineSlots.Slot> takenWhenFree(EngineSlots slots) {
        return taken(slots::whenFree);
    }

    private static CompletableFuture<EngineSlots.Slot> taken(Taking how) {
        CompletableFuture<EngineSlots.Slot> taken = new CompletableFuture<>();
        taken(how, taken);
        return taken;
    }

    private static Thread taken(Taking how, CompletableFuture<EngineSlots.Slot> taken) {
        return Thread.ofVirtual().start(() -> {
            try {
                taken.complete(how.take());
            } catch (InterruptedException e) {
                taken.completeExceptionally(e);
            }
        });
    }

    @Test
    void refusesToHaveNone() {
        assertThatThrownBy(() -> new EngineSlots(0)).hasMessage("concurrency (0) must be 1 or more");
    }
}
