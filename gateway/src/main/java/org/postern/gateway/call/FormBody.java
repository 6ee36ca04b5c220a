package org.postern.gateway.call;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postern.edge.problem.StandardProblem;
import org.postern.gateway.answer.Answers;

/** The fields of {@code application/x-www-form-urlencoded}. */
final class FormBody {
    private FormBody() {}

    /** Reads a body that is one; where it is none, or too large, that is the answer. */
    static void take(RoutingContext context, Handler<Buffer> taken) {
        if (isForm(context.request())) {
            SmallBody.take(context, taken);
        } else {
            context.request().resume();
            Answers.problem(context.response(), StandardProblem.of(415), Map.of());
        }
    }

    private static boolean isForm(HttpServerRequest request) {
        String type = request.getHeader("Content-Type");
        return type != null && type.split(";", 2)[0].strip().equalsIgnoreCase("application/x-www-form-urlencoded");
    }

    /** The value of a field that is there exactly once; empty otherwise. */
    static Optional<String> field(Buffer body, String name) {
        String found = null;
        for (String pair : body.toString(StandardCharsets.UTF_8).split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0 && name.equals(decoded(pair.substring(0, equals)))) {
                if (found != null) {
                    return Optional.empty();
                }
                found = decoded(pair.substring(equals + 1));
            }
        }
        return Optional.ofNullable(found).filter(value -> !value.isEmpty());
    }

    private static @Nullable String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
