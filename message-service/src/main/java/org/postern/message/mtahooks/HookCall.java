package org.postern.message.mtahooks;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postern.edge.problem.Problem;
import org.postern.message.desk.Answer;
import org.postern.message.desk.ComposeAnswer;
import org.postern.message.desk.Desk;
import org.postern.message.desk.DeskTerms;
import org.postern.message.desk.HandIn;
import org.postern.message.desk.UnacceptableEnvelopeException;
import org.postern.message.intake.SmtpMail;
import org.postern.message.metrics.PortMetrics;
import org.postern.message.metrics.PortMetrics.Hangup;
import org.postern.message.stamp.ForeignFields;

/** One request, by a thread that may wait. What is not answered as a hook lets the mail server put its message off. */
final class HookCall implements Runnable {
    static final String PATH = "/mta-hooks";

    private static final Logger LOG = Logger.getLogger(HookCall.class);
    private static final int MOST_DEPTH = 32;
    private static final long DRAIN_MILLIS = 1000;
    private static final long WRITE_SECONDS = 10;

    private final HttpServerRequest request;
    private final RequestBody body;
    private final Desk desk;
    private final ComposeAnswer compose;
    private final ForeignFields foreign;
    private final MtaHooksTerms terms;
    private final Executor executor;
    private final PortMetrics metrics;

    HookCall(
            HttpServerRequest request,
            RequestBody body,
            Desk desk,
            ComposeAnswer compose,
            ForeignFields foreign,
            MtaHooksTerms terms,
            Executor executor,
            PortMetrics metrics) {
        this.request = request;
        this.body = body;
        this.desk = desk;
        this.compose = compose;
        this.foreign = foreign;
        this.terms = terms;
        this.executor = executor;
        this.metrics = metrics;
    }

    @Override
    public void run() {
        try {
            check();
            answer();
        } catch (RefusedHookException e) {
            metrics.hungUp(e.status() == 401 ? Hangup.UNAUTHORISED : Hangup.MALFORMED);
            LOG.warnf("a hook is refused: %s, %s", e.code(), e.detail());
            refuse(e);
        } catch (IOException e) {
            metrics.hungUp(Hangup.LOST);
            LOG.debugf("a hook is lost: %s", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("a bug of ours keeps a hook from being answered", e);
            refuse(new RefusedHookException(500, "internal", "Something went wrong on our side. It has been logged."));
        }
    }

    private void check() throws RefusedHookException {
        if (!terms.secret().isShownBy(request.getHeader(HttpHeaders.AUTHORIZATION))) {
            throw new RefusedHookException(401, "unauthenticated", "This needs the secret of postern.mta-hooks.");
        }
        if (!request.path().equals(PATH)) {
            throw new RefusedHookException(404, "not-found", "There is nothing here. Hooks are taken at " + PATH + ".");
        }
        if (!request.method().equals(HttpMethod.POST)) {
            throw new RefusedHookException(405, "method-not-allowed", "Hooks are posted.");
        }
        String type = Objects.requireNonNullElse(request.getHeader(HttpHeaders.CONTENT_TYPE), "application/json");
        if (!type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json")) {
            throw new RefusedHookException(415, "media-type-unsupported", "Hooks are taken as application/json.");
        }
        if (announced() > terms.mostBytes()) {
            throw RefusedHookException.tooLarge(terms.mostBytes());
        }
    }

    /** The bytes that were announced; 0 where none were, or in a form that is counted as it comes. */
    private long announced() {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private void answer() throws IOException, InterruptedException {
        JsonInput json = new JsonInput(body, MOST_DEPTH);
        HookReader reader = new HookReader(json, terms.desk(), foreign);
        switch (reader.read()) {
            case Hook.OtherStage other -> send(HookResponse.accept());
            case Hook.Message message -> message(message, json, reader);
        }
    }

    private void message(Hook.Message message, JsonInput json, HookReader reader)
            throws IOException, InterruptedException {
        HookContext context = message.context();
        String refusal = message.head().refusal();
        SmtpMail mail = null;
        try {
            mail = terms.desk()
                    .mail(message.envelope().envelope(), context.client(), context.user(), context.queueId());
        } catch (UnacceptableEnvelopeException e) {
            refusal = e.reply();
        }
        Answer answer;
        long lastByte;
        if (mail == null || refusal != null) {
            json.skip();
            reader.finish();
            lastByte = System.nanoTime();
            answer = Answer.refused(Objects.requireNonNullElse(refusal, DeskTerms.HEAD_TOO_LONG));
        } else {
            HandIn handIn = handedIn(message, mail, json, reader);
            lastByte = System.nanoTime();
            answer = compose.answer(handIn.outcome(terms.desk().answerWithin()), foreign);
        }
        tell(message, answer, lastByte, json.replaced() > 0);
    }

    /** Hands the message in, and returns when its last byte was here. */
    private HandIn handedIn(Hook.Message message, SmtpMail mail, JsonInput json, HookReader reader)
            throws IOException, InterruptedException {
        CompletableFuture<Void> read = new CompletableFuture<>();
        HookedMail content = new HookedMail(message.head().toBytes(), json.text(), reader, () -> read.complete(null));
        HandIn handIn = HandIn.begin(desk, mail, content, executor, () -> read.complete(null));
        waitFor(read);
        IOException failure = content.failure();
        if (failure != null) {
            throw failure;
        }
        if (!content.isWhole()) {
            // The desk has decided without the rest, for instance because the store is full.
            body.drain();
        }
        return handIn;
    }

    private static void waitFor(CompletableFuture<Void> read) throws InterruptedException {
        try {
            // No end of its own: a body that does not come is broken off by the server.
            read.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("nobody ends this with a failure", e);
        }
    }

    private void tell(Hook.Message message, Answer answer, long lastByte, boolean replaced)
            throws IOException, InterruptedException {
        HookResponse response;
        try {
            response = HookResponse.of(answer.instruction(), message.envelope());
        } catch (UnacceptableEnvelopeException e) {
            throw new IllegalStateException("an envelope was read and cannot be read again", e);
        }
        send(response);
        metrics.answered(answer.word(), Duration.ofNanos(System.nanoTime() - lastByte));
        if (replaced) {
            metrics.replaced();
        }
        String queueId = DeskTerms.readable(message.context().queueId());
        LOG.infof(
                "queue id %s, message %s: %s%s",
                queueId == null ? "-" : queueId,
                answer.id() == null ? "-" : answer.id(),
                answer.word(),
                replaced ? "; it came with replaced bytes" : "");
        Answer.HandedOver handOver = answer.handOver();
        if (handOver != null) {
            desk.handedOver(handOver.message(), handOver.answered());
        }
    }

    /** @throws IOException where nobody was there to hear it: it is no answer then */
    private void send(HookResponse response) throws IOException, InterruptedException {
        send(200, "application/json", response.toJson(), null);
    }

    private void refuse(RefusedHookException why) {
        // Whoever is still writing is read from for a moment, or it would not hear the answer.
        body.drainFor(DRAIN_MILLIS);
        try {
            String problem = Problem.of(why.status(), why.code(), why.detail()).toJson();
            send(why.status(), Problem.MEDIA_TYPE, problem, why);
        } catch (IOException e) {
            LOG.debugf("a refusal was not heard: %s", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(int status, String type, String text, @Nullable RefusedHookException why)
            throws IOException, InterruptedException {
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            throw new IOException("the mail server hung up while it was to wait");
        }
        response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, type);
        if (why != null) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        if (status == 401) {
            response.putHeader("WWW-Authenticate", "Basic realm=\"postern\"");
        }
        if (status == 405) {
            response.putHeader(HttpHeaders.ALLOW, "POST");
        }
        try {
            response.end(text).toCompletionStage().toCompletableFuture().get(WRITE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            throw new IOException("the answer could not be written", e);
        }
    }
}
