package org.postern.message.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What a message is said to be.
 *
 * @param mailClass {@code spam} or {@code ham}
 */
public record FeedbackRequest(
        @JsonProperty("class") @Nullable String mailClass) {}
