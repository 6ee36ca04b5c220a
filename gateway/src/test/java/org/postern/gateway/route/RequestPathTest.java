package org.postern.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestPathTest {
    @Test
    void the_signed_address_of_an_image_is_not_too_long() {
        assertThat(RequestPath.isPlain("/v1/images/" + "aB_-.".repeat(580))).isTrue();
    }

    @Test
    void a_path_has_an_end() {
        assertThat(RequestPath.isPlain("/" + "a".repeat(4_096))).isFalse();
    }

    @Test
    void many_segments_cost_no_stack() throws InterruptedException {
        boolean[] plain = new boolean[1];
        Thread thread = new Thread(null, () -> plain[0] = RequestPath.isPlain("/a".repeat(2_048)), "small", 256 * 1024);
        thread.start();
        thread.join();
        assertThat(plain[0]).isTrue();
    }
}
