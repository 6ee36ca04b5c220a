package org.postern.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real Postfix in a folder of its own, on a loopback port. It asks a milter, delivers mail for alice, bob, carol, dave
 * and the postmaster of {@code example.org} and for erin of {@code letters.example} to a maildir each, and throws mail for other domains away. Clients may say who they are (XCLIENT). Postfix wants
 * to be started by root.
 */
public final class Postfix implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);
    private static final String NOBODY = "65534";
    private static final List<String> MAILBOXES = List.of("alice", "bob", "carol", "dave", "postmaster");
    private static final String MAIN = """
        compatibility_level = 3.6
        myhostname = mx.example.org
        mydomain = example.org
        mydestination =
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        mynetworks = 127.0.0.0/8
        queue_directory = @DIR@/spool
        data_directory = @DIR@/data
        command_directory = /usr/sbin
        daemon_directory = /usr/lib/postfix/sbin
        maillog_file = @DIR@/mail.log
        maillog_file_prefixes = @DIR@
        alias_maps =
        virtual_mailbox_domains = example.org, letters.example
        virtual_mailbox_base = @DIR@/mail
        virtual_mailbox_maps = texthash:@DIR@/mailboxes
        virtual_uid_maps = static:@NOBODY@
        virtual_gid_maps = static:@NOBODY@
        virtual_mailbox_limit = 0
        default_transport = discard
        message_size_limit = 62914560
        smtpd_client_connection_count_limit = 0
        smtpd_client_connection_rate_limit = 0
        smtpd_authorized_xclient_hosts = 127.0.0.0/8
        smtpd_recipient_restrictions = permit_sasl_authenticated, reject_unauth_destination
        smtpd_relay_restrictions = permit_sasl_authenticated, permit_mynetworks, reject_unauth_destination
        smtpd_milters = inet:127.0.0.1:@MILTER@
        milter_default_action = tempfail
        """;
    private static final String MASTER = """
        127.0.0.1:@PORT@ inet n - n - 200 smtpd
        cleanup   unix  n - n - 0 cleanup
        qmgr      unix  n - n 300 1 qmgr
        tlsmgr    unix  - - n 1000? 1 tlsmgr
        rewrite   unix  - - n - - trivial-rewrite
        bounce    unix  - - n - 0 bounce
        defer     unix  - - n - 0 bounce
        trace     unix  - - n - 0 bounce
        verify    unix  - - n - 1 verify
        flush     unix  n - n 1000? 0 flush
        proxymap  unix  - - n - - proxymap
        showq     unix  n - n - - showq
        error     unix  - - n - - error
        retry     unix  - - n - - error
        discard   unix  - - n - - discard
        virtual   unix  - n n - - virtual
        anvil     unix  - - n - 1 anvil
        postlog   unix-dgram n - n - 1 postlogd
        """;

    private final Path dir;
    private final int port;
    private final Process process;

    private Postfix(Path dir, int port, Process process) {
        this.dir = dir;
        this.port = port;
        this.process = process;
    }

    /** Starts one that asks the milter on that port, on any port that is free. */
    public static Postfix start(int milterPort) {
        return start(milterPort, FreePorts.next());
    }

    /** Starts one on that port that asks the milter on the other. */
    public static Postfix start(int milterPort, int port) {
        if (!Files.isExecutable(Path.of("/usr/sbin/postfix"))) {
            throw new IllegalStateException("Postfix is not installed. On Debian or Ubuntu: apt-get install postfix");
        }
        try {
            Path dir = folder(port, milterPort);
            Process process = new ProcessBuilder("/usr/sbin/postfix", "-c", dir.toString(), "start-fg")
                    .redirectErrorStream(true)
                    .redirectOutput(dir.resolve("start.log").toFile())
                    .start();
            ListeningPort.await("Postfix", port, process, dir.resolve("start.log"), START);
            return new Postfix(dir, port, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder(int port, int milterPort) throws IOException {
        Path dir = PartProcess.folder("postfix");
        for (String part : List.of("spool", "data", "mail")) {
            Files.createDirectory(dir.resolve(part));
        }
        own(dir.resolve("data"), "postfix");
        own(dir.resolve("mail"), "nobody");
        Files.setPosixFilePermissions(dir.resolve("spool"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.write(
                dir.resolve("mailboxes"),
                Stream.concat(
                                MAILBOXES.stream().map(name -> name + "@example.org " + name + "/"),
                                Stream.of("erin@letters.example erin/"))
                        .toList());
        Files.writeString(dir.resolve("main.cf"), filled(MAIN, dir, port, milterPort));
        Files.writeString(dir.resolve("master.cf"), filled(MASTER, dir, port, milterPort));
        return dir;
    }

    private static String filled(String template, Path dir, int port, int milterPort) {
        return template.replace("@DIR@", dir.toString())
                .replace("@PORT@", Integer.toString(port))
                .replace("@MILTER@", Integer.toString(milterPort))
                .replace("@NOBODY@", NOBODY);
    }

    private static void own(Path path, String user) throws IOException {
        Files.setOwner(
                path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
    }

    /** The port it takes mail on. */
    public int port() {
        return port;
    }

    /** The process that all of its own come from. */
    public long pid() {
        return process.pid();
    }

    /** What it says it did. */
    public String log() {
        return log("mail.log");
    }

    /** The mails in the maildir of that local part, each byte a character. */
    public List<String> delivered(String localPart) {
        Path maildir = dir.resolve("mail").resolve(localPart).resolve("new");
        if (!Files.isDirectory(maildir)) {
            return List.of();
        }
        try (Stream<Path> mails = Files.list(maildir)) {
            return mails.map(Postfix::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String log(String name) {
        Path file = dir.resolve(name);
        return Files.exists(file) ? read(file) : "";
    }

    @Override
    public void close() {
        try {
            new ProcessBuilder("/usr/sbin/postfix", "-c", dir.toString(), "abort")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(10, TimeUnit.SECONDS);
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
