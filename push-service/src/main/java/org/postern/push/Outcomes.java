package org.postern.push;

import java.util.List;
import java.util.function.Consumer;
import org.postern.events.push.PushOutcome;

/** Outcomes that have not been told yet. */
public interface Outcomes {
    /**
     * Has the oldest told and forgets them, all of them or, where telling fails, none.
     *
     * @return how many there were
     * @throws DatabaseAwayException where the database is away
     */
    int tell(int most, Consumer<List<PushOutcome>> tell);
}
