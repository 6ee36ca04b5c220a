package org.postern.message.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be released.
 *
 * @param recipients addresses; all whom the message is held from where they are absent
 * @param means {@code smtp}, or {@code caller} where whoever asks delivers it
 */
public record ReleaseRequest(
        @Nullable List<String> recipients, @Nullable String means) {}
