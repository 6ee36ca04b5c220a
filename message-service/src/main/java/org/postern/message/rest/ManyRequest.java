package org.postern.message.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages that something is to be done with.
 *
 * @param ids 1 to 200 of them
 * @param mailClass for feedback: {@code spam} or {@code ham}
 */
public record ManyRequest(
        @Nullable List<String> ids,
        @JsonProperty("class") @Nullable String mailClass) {}
