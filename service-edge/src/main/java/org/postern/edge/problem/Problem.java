package org.postern.edge.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/**
 * A problem document (RFC 9457), the body of every refusal. It names the rule that was broken and what to do next; it
 * never repeats what was sent, which may be personal data, and never shows how the service works inside.
 *
 * @param type a URI for the kind of problem; always {@code about:blank}, since {@code code} tells kinds apart
 * @param title the HTTP status in words
 * @param status the HTTP status
 * @param code the stable code of the problem, in kebab-case
 * @param detail what is wrong, as a sentence
 * @param field the header, parameter or property that is wrong; null where it is none of them
 * @param next what to do next; null where the detail says it all
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"type", "title", "status", "code", "detail", "field", "next"})
public record Problem(
        String type,
        String title,
        int status,
        String code,
        String detail,
        @Nullable String field,
        @Nullable String next) {
    /** The media type of a problem document. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A problem without field or next step. */
    public static Problem of(int status, String code, String detail) {
        return new Problem("about:blank", StatusTitle.of(status), status, code, detail, null, null);
    }

    /** The same problem, with the field that is wrong. */
    public Problem withField(@Nullable String name) {
        return new Problem(type, title, status, code, detail, name, next);
    }

    /** The same problem, with what to do next. */
    public Problem withNext(@Nullable String step) {
        return new Problem(type, title, status, code, detail, field, step);
    }

    /** The document as JSON. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem can always be written", e);
        }
    }
}
