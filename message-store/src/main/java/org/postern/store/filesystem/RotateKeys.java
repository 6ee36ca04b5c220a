package org.postern.store.filesystem;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.postern.events.MalformedValueException;
import org.postern.store.StoreKey;

/** {@link KeyRotation} for an administrator: the folder of the store and the key file as arguments. */
public final class RotateKeys {
    private static final int USAGE = 2;

    private RotateKeys() {}

    /** Ends with 0 where older keys are needed no more, with 1 where some are, and with 2 where it could not begin. */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    static int run(String[] arguments, PrintStream out, PrintStream errors) {
        if (arguments.length != 2) {
            errors.println("usage: RotateKeys STORE-FOLDER KEY-FILE");
            return USAGE;
        }
        try {
            KeyRotation.Result result =
                    new KeyRotation(Path.of(arguments[0]), StoreKey.ofFile(Path.of(arguments[1]))).run();
            out.printf(
                    "wrapped anew: %d, wrapped by the newest key before: %d, unreadable: %d%n",
                    result.wrapped(), result.current(), result.unreadable());
            return result.isComplete() ? 0 : 1;
        } catch (IOException | MalformedValueException e) {
            errors.println("cannot rotate: " + e.getMessage());
            return USAGE;
        }
    }
}
