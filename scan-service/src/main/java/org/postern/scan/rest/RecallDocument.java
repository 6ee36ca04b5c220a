package org.postern.scan.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postern.scan.recall.Progress;
import org.postern.scan.recall.RecallRun;
import org.postern.scan.recall.Tally;

/**
 * How far scanning again is.
 *
 * @param state {@code off}, {@code idle} before the first run, {@code running} or {@code ended}
 * @param signatures what is scanned with
 * @param since messages received before then are left alone
 * @param left messages still to be looked at, as far as is known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecallDocument(
        String state,
        @Nullable String signatures,
        @Nullable Instant since,
        @Nullable Instant begunAt,
        @Nullable Instant endedAt,
        @Nullable Long left,
        @Nullable Tally messages) {
    static RecallDocument without(String state) {
        return new RecallDocument(state, null, null, null, null, null, null);
    }

    static RecallDocument of(Progress progress) {
        RecallRun run = progress.run();
        return new RecallDocument(
                run.hasEnded() ? "ended" : "running",
                run.signatures().word(),
                run.since(),
                run.begunAt(),
                run.endedAt(),
                progress.left(),
                progress.tally());
    }
}
