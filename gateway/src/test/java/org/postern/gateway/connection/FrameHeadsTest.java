package org.postern.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameHeadsTest {
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final int HEADERS = 1;
    private static final int CONTINUATION = 9;
    private static final int DATA = 0;
    private static final int END_HEADERS = 4;

    private FrameHeads frames = new FrameHeads(null);

    private void take(String bytes) {
        ByteBuf buffer = Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1);
        int readable = buffer.readableBytes();
        frames.take(buffer);
        assertThat(buffer.readableBytes()).as("what is left for the codec").isEqualTo(readable);
    }

    private static String frame(int type, int flags, String payload) {
        int length = payload.length();
        return "" + (char) (length >> 16) + (char) (length >> 8 & 0xff) + (char) (length & 0xff) + (char) type
                + (char) flags + "\0\0\0\1" + payload;
    }

    @Test
    void nothing_has_begun_before_the_first_byte() {
        assertThat(frames.isOpen()).isFalse();
        assertThat(frames.isHttp2()).isFalse();
        assertThat(frames.isOtherProtocol()).isFalse();
    }

    @Test
    void a_preface_is_open_until_all_of_it_is_there() {
        take(PREFACE.substring(0, 23));
        assertThat(frames.isOpen()).isTrue();
        assertThat(frames.isHttp2()).isFalse();
        take(PREFACE.substring(23));
        assertThat(frames.isOpen()).isFalse();
        assertThat(frames.isHttp2()).isTrue();
    }

    @Test
    void what_begins_otherwise_is_not_followed() {
        take("PUT / HTTP/1.1\r\n");
        assertThat(frames.isOtherProtocol()).isTrue();
        take(PREFACE + frame(HEADERS, 0, "x"));
        assertThat(frames.isHttp2()).isFalse();
        assertThat(frames.isOpen()).isFalse();
    }

    @Test
    void a_head_is_open_until_the_frame_that_ends_it() {
        take(PREFACE + frame(HEADERS, 0, "ab"));
        assertThat(frames.isOpen()).isTrue();
        take(frame(CONTINUATION, 0, ""));
        assertThat(frames.isOpen()).isTrue();
        String last = frame(CONTINUATION, END_HEADERS, "abc");
        take(last.substring(0, last.length() - 1));
        assertThat(frames.isOpen()).isTrue();
        take("c");
        assertThat(frames.isOpen()).isFalse();
    }

    @Test
    void a_head_without_a_byte_is_there_at_once() {
        take(PREFACE + frame(HEADERS, END_HEADERS, ""));
        assertThat(frames.isOpen()).isFalse();
    }

    @Test
    void a_body_may_be_half_there_and_what_is_before_it_may_not() {
        String data = frame(DATA, 0, "b".repeat(70_000));
        take(PREFACE + data.substring(0, 8));
        assertThat(frames.isOpen()).isTrue();
        take(data.substring(8, 9));
        assertThat(frames.isOpen()).isFalse();
        take(data.substring(9, 60_000));
        assertThat(frames.isOpen()).isFalse();
        take(data.substring(60_000) + "\0");
        assertThat(frames.isOpen()).isTrue();
    }

    @Test
    void each_head_that_is_there_is_told_from_the_next() {
        take(PREFACE + frame(HEADERS, END_HEADERS, "a") + "\0");
        long first = frames.completed();
        take(frame(HEADERS, END_HEADERS, "a").substring(1) + "\0");
        assertThat(frames.isOpen()).isTrue();
        assertThat(frames.completed()).isGreaterThan(first);
        long second = frames.completed();
        take("\0");
        assertThat(frames.completed()).isEqualTo(second);
    }

    @Test
    void what_a_proxy_says_before_is_not_what_the_connection_begins_by() {
        for (String said : List.of(
                "PROXY TCP4 192.0.2.1 192.0.2.2 40000 443\r\n",
                "PROXY UNKNOWN\r\n",
                "\r\n\r\n\0\r\nQUIT\n\u0021\u0011\0\u000c\u00c0\0\u0002\u0001\u00c0\0\u0002\u0002\u009c\n\u0001\u00bb",
                "\r\n\r\n\0\r\nQUIT\n\u0020\0\0\0")) {
            frames = new FrameHeads(new ProxyHeader());
            take(said.substring(0, said.length() - 1));
            assertThat(frames.isOpen()).isFalse();
            take(said.substring(said.length() - 1) + PREFACE + frame(HEADERS, 0, "ab"));
            assertThat(frames.isHttp2()).isTrue();
            assertThat(frames.isOpen()).isTrue();
            take(frame(CONTINUATION, END_HEADERS, "ab"));
            assertThat(frames.isOpen()).isFalse();
        }
    }

    @Test
    void how_the_bytes_are_cut_changes_nothing() {
        Random random = new Random(7);
        StringBuilder all = new StringBuilder(PREFACE);
        for (int i = 0; i < 200; i++) {
            int[] types = {DATA, HEADERS, CONTINUATION, 4, 8};
            all.append(frame(types[random.nextInt(types.length)], random.nextInt(8), "x".repeat(random.nextInt(300))));
        }
        int end = all.length() - 5;
        take(all.substring(0, end));
        FrameHeads cut = new FrameHeads(null);
        for (int at = 0; at < end; ) {
            int part = Math.min(end - at, 1 + random.nextInt(40));
            cut.take(Unpooled.copiedBuffer(all.substring(at, at + part), StandardCharsets.ISO_8859_1));
            at += part;
        }
        assertThat(cut.isOpen()).isEqualTo(frames.isOpen());
        assertThat(cut.completed()).isEqualTo(frames.completed());
    }
}
