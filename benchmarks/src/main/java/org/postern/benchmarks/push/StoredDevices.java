package org.postern.benchmarks.push;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.postern.events.push.AccountId;
import org.postern.testsupport.PushDevice;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Subscriptions of many devices, sealed as the service seals them: one for each account, and many for one. */
final class StoredDevices {
    /** The account that many devices listen to. */
    static final AccountId WIDE = AccountId.of("wide");

    /** How many those are. */
    static final int WIDE_DEVICES = 10_000;

    private static final int WRITTEN_AT_ONCE = 1 << 16;

    private final Installation installation;
    private final String origin;
    private final PushDevice keys = new PushDevice();
    private int stored;

    StoredDevices(Installation installation, String origin) {
        this.installation = installation;
        this.origin = origin;
    }

    /** The account of a device that has one for itself. */
    static AccountId account(int device) {
        return AccountId.of("a" + device);
    }

    /** How many there are. */
    int stored() {
        return stored;
    }

    /** Stores more of them, until there are so many. */
    void fill(int most) throws SQLException, IOException {
        try (Connection connection = installation.database().getConnection()) {
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("""
                copy push.subscription (id, tenant, owner, account, device_client_id, channel, destination, account_alias,
                    expires_at, created_at, verification_code, verified) from stdin
                """);
            StringBuilder lines = new StringBuilder(2 * WRITTEN_AT_ONCE);
            for (; stored < most; stored++) {
                AccountId account = stored < WIDE_DEVICES ? WIDE : account(stored);
                line(lines, UUID.randomUUID(), account, "/" + stored, keys);
                if (lines.length() > WRITTEN_AT_ONCE) {
                    write(copy, lines);
                }
            }
            write(copy, lines);
            copy.endCopy();
        }
        execute("vacuum analyze push.subscription");
    }

    /** Stores one device with keys of its own. */
    void add(AccountId account, String path, PushDevice device) throws SQLException {
        try (Connection connection = installation.database().getConnection()) {
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("""
                copy push.subscription (id, tenant, owner, account, device_client_id, channel, destination, account_alias,
                    expires_at, created_at, verification_code, verified) from stdin
                """);
            StringBuilder lines = new StringBuilder();
            line(lines, UUID.randomUUID(), account, path, device);
            write(copy, lines);
            copy.endCopy();
        }
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = installation.database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void line(StringBuilder lines, UUID id, AccountId account, String path, PushDevice device) {
        String destination = "{\"endpoint\":\"" + origin + path + "\",\"p256dh\":\"" + device.p256dh()
                + "\",\"auth\":\"" + device.auth() + "\"}";
        lines.append(id)
                .append("\tdefault\towner")
                .append(path)
                .append('\t')
                .append(account)
                .append("\tdevice\twebpush\t")
                .append(installation.secretTexts().seal(destination, id.toString()))
                .append("\talias\t2100-01-01\t2026-01-01\tcode\ttrue\n");
    }

    private static void write(CopyIn copy, StringBuilder lines) throws SQLException {
        byte[] bytes = lines.toString().getBytes(StandardCharsets.US_ASCII);
        copy.writeToCopy(bytes, 0, bytes.length);
        lines.setLength(0);
    }
}
