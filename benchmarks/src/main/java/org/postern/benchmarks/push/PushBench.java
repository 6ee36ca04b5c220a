package org.postern.benchmarks.push;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** {@code ./postern bench push}. */
final class PushBench {
    private PushBench() {}

    /** The folder of the peers for Node, and how many subscriptions to store. */
    public static void main(String[] arguments) throws IOException, SQLException {
        PushCost.print(Path.of(arguments[0]));
        PushScale.print(Integer.parseInt(arguments[1]));
        System.exit(0);
    }
}
