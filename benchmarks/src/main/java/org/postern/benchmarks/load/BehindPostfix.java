package org.postern.benchmarks.load;

import java.io.IOException;
import org.postern.testsupport.SmtpClient;

/** A Postfix that asks a milter: a connection and a mail by SMTP (RFC 5321), as other mail servers send them. */
final class BehindPostfix implements Target {
    private final String name;
    private final int port;

    BehindPostfix(String name, int port) {
        this.name = name;
        this.port = port;
    }

    @Override
    public String name() {
        return name;
    }

    /** The code of the reply to all of it, which is what the milter decided. */
    @Override
    public String decide(byte[] mail) throws Exception {
        try (SmtpClient client = new SmtpClient(port)) {
            // From outside, as mail is that a filter is asked about.
            client.say("XCLIENT ADDR=192.0.2.10 NAME=mail.example.com", "220");
            client.say("EHLO mail.example.com", "250");
            client.envelope("carol@example.com", "alice@example.org");
            String decision = client.finish(mail).substring(0, 3);
            if (decision.startsWith("4")) {
                throw new IOException("put off: " + decision);
            }
            client.say("QUIT", "221");
            return decision;
        }
    }
}
