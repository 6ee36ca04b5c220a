package org.postern.spam.rspamd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/**
 * A name server that answers from the zone data of a test suite, and is silent where that says so: an authoritative server
 * cannot be made to do that for one type of one name.
 */
final class SuiteNames implements AutoCloseable {
    private static final int TTL = 60;
    private static final int LONGEST_STRING = 255;

    private final DatagramSocket socket;
    private volatile Map<String, List<Object>> zone = Map.of();

    SuiteNames() {
        try {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("suite-names").start(this::serve);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Answers from another zone: for each name, in lower case, its records in the words of the suite. */
    void hold(Map<String, List<Object>> other) {
        zone = other;
    }

    @Override
    public void close() {
        socket.close();
    }

    private void serve() {
        byte[] buffer = new byte[4096];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
                byte[] answer = answer(new Message(java.util.Arrays.copyOf(buffer, packet.getLength())));
                if (answer.length > 0) {
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                // The socket was closed, or the question was none.
            }
        }
    }

    private byte[] answer(Message query) throws IOException {
        Record question = query.getQuestion();
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.AA);
        answer.addRecord(question, Section.QUESTION);
        String name = question.getName().toString(true).toLowerCase(Locale.ROOT);
        List<Object> entries = zone.get(name);
        if (entries == null) {
            entries = reverse(question);
        }
        if (entries.isEmpty()) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
            return answer.toWire();
        }
        List<Record> records = records(question, entries);
        if (records == null) {
            return new byte[0];
        }
        records.forEach(record -> answer.addRecord(record, Section.ANSWER));
        return answer.toWire();
    }

    /** The suite names addresses as they are written, and not their reverse names. */
    private List<Object> reverse(Record question) throws IOException {
        if (question.getType() != Type.PTR) {
            return List.of();
        }
        for (Map.Entry<String, List<Object>> entry : zone.entrySet()) {
            if (entry.getKey().matches("[0-9.]+|[0-9a-f:]+")
                    && ReverseMap.fromAddress(entry.getKey()).equals(question.getName())) {
                return entry.getValue();
            }
        }
        return List.of();
    }

    /** The records of a type; null where there is to be silence. */
    @SuppressWarnings("NullAway") // null is one of three answers, here alone
    private static List<Record> records(Record question, List<Object> entries) throws IOException {
        String type = Type.string(question.getType());
        boolean explicit = entries.stream().anyMatch(entry -> entry instanceof Map<?, ?> map && map.containsKey("TXT"));
        List<Record> records = new ArrayList<>();
        for (Object entry : entries) {
            if (entry.equals("TIMEOUT")) {
                if (records.isEmpty()) {
                    return null;
                }
                continue;
            }
            Map.Entry<?, ?> typed = ((Map<?, ?>) entry).entrySet().iterator().next();
            // Records of the type SPF are those of the type TXT too, where the name has none of its own.
            boolean asked =
                    typed.getKey().equals(type) || (typed.getKey().equals("SPF") && type.equals("TXT") && !explicit);
            boolean alias = typed.getKey().equals("CNAME");
            if (asked && typed.getValue().equals("TIMEOUT")) {
                return null;
            }
            if ((asked || alias) && !typed.getValue().equals("NONE")) {
                records.add(record(question.getName(), String.valueOf(typed.getKey()), typed.getValue()));
            }
        }
        return records;
    }

    private static Record record(Name name, String type, Object value) throws IOException {
        return switch (type) {
            case "A" -> new ARecord(name, DClass.IN, TTL, InetAddress.getByName(String.valueOf(value)));
            case "AAAA" -> new AAAARecord(name, DClass.IN, TTL, InetAddress.getByName(String.valueOf(value)));
            case "MX" -> {
                List<?> pair = (List<?>) value;
                yield new MXRecord(name, DClass.IN, TTL, (Integer) pair.get(0), absolute(pair.get(1)));
            }
            case "PTR" -> new PTRRecord(name, DClass.IN, TTL, absolute(value));
            case "CNAME" -> new CNAMERecord(name, DClass.IN, TTL, absolute(value));
            case "TXT", "SPF" -> new TXTRecord(name, DClass.IN, TTL, strings(value));
            default -> throw new IOException("the suite has a type that is not known: " + type);
        };
    }

    private static Name absolute(Object value) throws IOException {
        String name = String.valueOf(value);
        return name.isEmpty() ? Name.root : Name.fromString(name, Name.root);
    }

    private static List<String> strings(Object value) {
        List<String> strings = new ArrayList<>();
        for (Object part : value instanceof List<?> list ? list : List.of(value)) {
            String text = String.valueOf(part);
            for (int i = 0; i == 0 || i < text.length(); i += LONGEST_STRING) {
                strings.add(escaped(text.substring(i, Math.min(text.length(), i + LONGEST_STRING))));
            }
        }
        return strings;
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char c : text.toCharArray()) {
            escaped.append(
                    c < 0x20 || c > 0x7e || c == '"' || c == '\\' ? String.format(Locale.ROOT, "\\%03d", c & 0xff) : c);
        }
        return escaped.toString();
    }
}
