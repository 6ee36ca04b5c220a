package org.postern.message.rest;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postern.edge.problem.ProblemException;
import org.postern.events.MessageId;

/** What became of each of many messages, in the order they were named. */
public record ManyOutcomes(List<One> outcomes) {
    private static final int MOST = 200;
    private static final int DONE = 200;

    public ManyOutcomes {
        outcomes = List.copyOf(outcomes);
    }

    /**
     * What became of one.
     *
     * @param status as if it had been asked for alone
     * @param code of the problem; null where it was done
     */
    public record One(String id, int status, @Nullable String code) {}

    static ManyOutcomes of(@Nullable ManyRequest request, Consumer<MessageId> act) {
        List<String> ids = request == null ? null : request.ids();
        if (ids == null || ids.isEmpty() || ids.size() > MOST) {
            throw new ProblemException(400, "ids-malformed", "There must be 1 to " + MOST + " message ids.")
                    .withField("ids");
        }
        List<One> outcomes = new ArrayList<>();
        for (MessageId id : new LinkedHashSet<>(
                ids.stream().map(text -> Access.id(String.valueOf(text))).toList())) {
            outcomes.add(outcome(id, act));
        }
        return new ManyOutcomes(outcomes);
    }

    private static One outcome(MessageId id, Consumer<MessageId> act) {
        try {
            act.accept(id);
            return new One(id.toString(), DONE, null);
        } catch (ProblemException e) {
            return new One(id.toString(), e.problem().status(), e.problem().code());
        }
    }
}
