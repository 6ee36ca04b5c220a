package org.postern.gateway.wiring;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import org.postern.gateway.connection.HeadDeadline;

/** Starts the gateway, once Netty is told to look for what watches connections: later it looks no more. */
@QuarkusMain
public final class GatewayMain {
    private GatewayMain() {}

    /** Starts it, and ends with it. */
    public static void main(String... arguments) {
        System.setProperty(HeadDeadline.SWITCH, HeadDeadline.ON);
        Quarkus.run(arguments);
    }
}
