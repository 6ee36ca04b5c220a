package org.postern.message.milter;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a mail server tells besides: {@code i} is its queue id, {@code auth_authen} who logged in. */
final class Macros {
    private static final int MOST = 64;
    private static final int LONGEST = 1024;

    private final Map<String, String> ofConnection = new HashMap<>();
    private final Map<String, String> ofMessage = new HashMap<>();

    /** Takes a frame: the letter of the command they belong to, then names and values. */
    void take(Packet packet) throws MalformedPacketException {
        if (packet.data().length == 0) {
            throw new MalformedPacketException("macros for no command");
        }
        Map<String, String> into =
                switch (packet.data()[0]) {
                    case 'C', 'H' -> ofConnection;
                    default -> ofMessage;
                };
        List<byte[]> strings = packet.strings(1);
        for (int i = 0; i + 1 < strings.size(); i += 2) {
            String name = bare(Packet.text(strings.get(i)));
            if (strings.get(i + 1).length <= LONGEST && (into.size() < MOST || into.containsKey(name))) {
                into.put(name, Packet.text(strings.get(i + 1)));
            }
        }
    }

    @Nullable String get(String name) {
        String value = ofMessage.getOrDefault(name, ofConnection.get(name));
        return value == null || value.isEmpty() ? null : value;
    }

    /** What was told of a message is not true of the next. */
    void forgetMessage() {
        ofMessage.clear();
    }

    void forgetConnection() {
        ofMessage.clear();
        ofConnection.clear();
    }

    private static String bare(String name) {
        return name.length() > 2 && name.startsWith("{") && name.endsWith("}")
                ? name.substring(1, name.length() - 1)
                : name;
    }
}
