package org.postern.e2e.collector;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A message of Protocol Buffers without its schema: what its length-delimited fields hold, by their numbers. */
final class WireFormat {
    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int DELIMITED = 2;
    private static final int FOUR_BYTES = 5;

    private final Map<Integer, List<byte[]>> fields = new HashMap<>();

    private WireFormat() {}

    static WireFormat read(byte[] message) {
        WireFormat read = new WireFormat();
        ByteBuffer bytes = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            long tag = varint(bytes);
            switch ((int) (tag & 7)) {
                case VARINT -> varint(bytes);
                case EIGHT_BYTES -> bytes.getLong();
                case FOUR_BYTES -> bytes.getInt();
                case DELIMITED -> {
                    byte[] value = new byte[Math.toIntExact(varint(bytes))];
                    bytes.get(value);
                    read.fields
                            .computeIfAbsent((int) (tag >>> 3), number -> new ArrayList<>())
                            .add(value);
                }
                default -> throw new IllegalArgumentException("not a message of Protocol Buffers 3");
            }
        }
        return read;
    }

    /** Every value of a field. */
    List<byte[]> all(int number) {
        return fields.getOrDefault(number, List.of());
    }

    /** The value of a field; empty where it is not there. */
    byte[] one(int number) {
        List<byte[]> values = all(number);
        return values.isEmpty() ? new byte[0] : values.getLast();
    }

    String text(int number) {
        return new String(one(number), StandardCharsets.UTF_8);
    }

    private static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = bytes.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number of more than ten bytes");
    }
}
