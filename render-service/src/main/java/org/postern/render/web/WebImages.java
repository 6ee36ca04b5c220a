package org.postern.render.web;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.postern.outbound.OutboundGuard;
import org.postern.outbound.OutboundTarget;
import org.postern.outbound.RefusedTargetException;
import org.postern.outbound.vertx.GuardedRequest;
import org.postern.render.images.ImageRefusedException;
import org.postern.render.images.ImageRefusedException.Reason;
import org.postern.render.images.ImageSource;

/**
 * Fetches images from where the guard allows, each redirect again. The request says nothing of the reader: no cookie, no
 * referrer, no language, always the same agent.
 */
public final class WebImages implements ImageSource {
    private static final int MULTIPLE_CHOICES = 300;
    private static final int BAD_REQUEST = 400;
    private static final int OK = 200;

    private final HttpClient client;
    private final OutboundGuard guard;
    private final FetchLimits limits;
    private final Executor names;

    /**
     * How much is fetched.
     *
     * @param bytes of one image
     * @param time for all of it, redirects among it
     * @param redirects one after another
     * @param userAgent what every request calls itself
     */
    public record FetchLimits(int bytes, Duration time, int redirects, String userAgent) {}

    /**
     * @param names finds addresses of names: on threads of its own, for the resolver of the machine blocks for as long as
     *     no server answers, and holds the carrier of a virtual thread; what it refuses to run is refused for now
     */
    public WebImages(HttpClient client, OutboundGuard guard, FetchLimits limits, Executor names) {
        this.client = client;
        this.guard = guard;
        this.limits = limits;
        this.names = names;
    }

    private record Answer(int status, @Nullable String location, byte[] body) {}

    @Override
    public byte[] fetch(String url) throws ImageRefusedException, InterruptedException {
        long end = System.nanoTime() + limits.time().toNanos();
        String next = url;
        for (int redirects = 0; redirects <= limits.redirects(); redirects++) {
            OutboundTarget target = target(next, Duration.ofNanos(end - System.nanoTime()));
            Answer answer = get(target, Duration.ofNanos(end - System.nanoTime()));
            if (answer.status() == OK) {
                return answer.body();
            }
            boolean elsewhere = answer.status() >= MULTIPLE_CHOICES && answer.status() < BAD_REQUEST;
            if (!elsewhere || answer.location() == null) {
                throw new ImageRefusedException(Reason.STATUS);
            }
            next = resolve(target.uri(), answer.location());
        }
        throw new ImageRefusedException(Reason.REDIRECTS);
    }

    private OutboundTarget target(String url, Duration left) throws ImageRefusedException, InterruptedException {
        FutureTask<OutboundTarget> target = new FutureTask<>(() -> guard.check(url));
        try {
            names.execute(target);
        } catch (RejectedExecutionException e) {
            throw new ImageRefusedException(Reason.BUSY);
        }
        try {
            return target.get(left.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            target.cancel(true);
            throw new ImageRefusedException(Reason.UNREACHABLE);
        } catch (ExecutionException e) {
            boolean refused = e.getCause() instanceof RefusedTargetException cause
                    && cause.reason() != RefusedTargetException.Reason.UNRESOLVED;
            throw new ImageRefusedException(refused ? Reason.ADDRESS : Reason.UNREACHABLE);
        }
    }

    private static String resolve(URI from, String location) throws ImageRefusedException {
        try {
            return from.resolve(location.strip()).toString();
        } catch (IllegalArgumentException e) {
            throw new ImageRefusedException(Reason.ADDRESS);
        }
    }

    private Answer get(OutboundTarget target, Duration left) throws ImageRefusedException, InterruptedException {
        if (left.isNegative() || left.isZero()) {
            throw new ImageRefusedException(Reason.UNREACHABLE);
        }
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        CompletableFuture<HttpClientRequest> sent = new CompletableFuture<>();
        client.request(options(target, left))
                .compose(request -> {
                    sent.complete(request);
                    // Inside, on the event loop: chained from this thread it could come after the answer's last byte.
                    return request.send().compose(response -> body(response, answer));
                })
                .onFailure(answer::completeExceptionally);
        try {
            return answer.get(left.toMillis() + 1, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            giveUp(sent);
            throw new ImageRefusedException(Reason.UNREACHABLE);
        } catch (ExecutionException e) {
            giveUp(sent);
            throw e.getCause() instanceof ImageRefusedException refused
                    ? refused
                    : new ImageRefusedException(Reason.UNREACHABLE);
        }
    }

    private static void giveUp(CompletableFuture<HttpClientRequest> sent) {
        HttpClientRequest request = sent.getNow(null);
        if (request != null) {
            request.reset();
        }
    }

    private RequestOptions options(OutboundTarget target, Duration left) {
        return GuardedRequest.to(target, HttpMethod.GET)
                .setTimeout(left.toMillis() + 1)
                .putHeader("Accept", "image/png,image/jpeg,image/gif;q=0.9,image/*;q=0.5")
                .putHeader("User-Agent", limits.userAgent());
    }

    private Future<Void> body(HttpClientResponse response, CompletableFuture<Answer> answer) {
        if (response.statusCode() != OK) {
            answer.complete(new Answer(response.statusCode(), response.getHeader("Location"), new byte[0]));
            // The end of what nobody reads is no failure.
            response.exceptionHandler(answer::completeExceptionally);
            response.request().reset();
            return Future.succeededFuture();
        }
        Buffer body = Buffer.buffer();
        response.exceptionHandler(answer::completeExceptionally);
        response.handler(part -> {
            if (body.length() + part.length() > limits.bytes()) {
                answer.completeExceptionally(new ImageRefusedException(Reason.TOO_LARGE));
                response.request().reset();
            } else {
                body.appendBuffer(part);
            }
        });
        response.endHandler(end -> answer.complete(new Answer(OK, null, body.getBytes())));
        return Future.succeededFuture();
    }
}
