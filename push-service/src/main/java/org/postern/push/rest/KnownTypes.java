package org.postern.push.rest;

import jakarta.inject.Singleton;
import java.util.Collection;
import org.postern.edge.problem.ProblemException;
import org.postern.push.TypeNames;

/** Refuses types that nobody will ever tell of, before anything is kept of them. */
@Singleton
public class KnownTypes {
    private final TypeNames names;

    KnownTypes(TypeNames names) {
        this.names = names;
    }

    /**
     * Checks names of types.
     *
     * @param field where they were given
     * @throws ProblemException 422 where one is not known
     */
    public void check(Collection<String> types, String field) {
        if (!names.knows(types)) {
            throw new ProblemException(
                            422, "type-unknown", field + " names a type that neither JMAP nor this installation knows.")
                    .withField(field)
                    .withNext("Names are case-sensitive. An operator adds types by postern.subscriptions.more-types.");
        }
    }
}
