package org.postern.push.delivery;

import org.postern.events.push.PushChannel;

/** What each kind of channel allows. */
public record Allowances(Allowance webPush, Allowance firebase) {
    /** What one of them allows. */
    public Allowance of(PushChannel channel) {
        return switch (channel) {
            case WEBPUSH, UNRECOGNISED -> webPush;
            case FCM -> firebase;
        };
    }
}
