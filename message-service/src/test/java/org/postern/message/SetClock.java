package org.postern.message;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The clock of a machine that somebody sets: the time goes on as it does, and it is ahead or behind. */
public final class SetClock extends Clock {
    private volatile Duration ahead = Duration.ZERO;

    /** Sets it so much ahead of what is right; behind, where that is negative. */
    public void set(Duration ahead) {
        this.ahead = ahead;
    }

    /** Lets time go on without anybody waiting for it. */
    public void goOn(Duration time) {
        this.ahead = ahead.plus(time);
    }

    /** Sets it right. */
    public void setRight() {
        set(Duration.ZERO);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
