package org.postern.message.rest;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.postern.testsupport.PushSite;

/** Receivers of webhooks on the loopback interface, the one network that may be told, and short pauses. */
public class WebhookSite implements QuarkusTestResourceLifecycleManager {
    private static PushSite site;

    @Override
    public Map<String, String> start() {
        site = new PushSite();
        return Map.of(
                "postern.webhooks.allowed-networks", "127.0.0.1/32",
                "postern.webhooks.first-pause", "0.1S",
                "postern.webhooks.give-up-after", "2S",
                "postern.webhooks.patience", "3",
                "postern.webhooks.sweep-every", "0.1S",
                "postern.webhooks.most", "10");
    }

    static PushSite site() {
        return site;
    }

    @Override
    public void stop() {
        site.close();
    }
}
