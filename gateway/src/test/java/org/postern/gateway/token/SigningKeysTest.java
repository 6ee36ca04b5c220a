package org.postern.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigningKeysTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|true",
                "{\"use\":\"sig\"}|true",
                "{\"use\":\"enc\"}|false",
                "{\"use\":\"sig\",\"alg\":\"RS256\"}|true",
                "{\"alg\":\"RS512\"}|false",
                "{\"alg\":\"RSA-OAEP\"}|false",
                "{\"alg\":5}|false",
                "{\"key_ops\":[\"verify\"]}|true",
                "{\"key_ops\":[\"sign\",\"verify\"]}|true",
                "{\"key_ops\":[\"sign\"]}|false",
                "{\"key_ops\":[]}|false",
                "{\"key_ops\":\"verify\"}|false",
                "{\"use\":\"enc\",\"key_ops\":[\"verify\"]}|false",
            })
    void a_key_is_kept_where_it_may_check_signatures(String key, boolean kept) throws Exception {
        assertThat(SigningKeys.of("{\"keys\":[" + key + "]}", Set.of("RS256")).path("keys"))
                .hasSize(kept ? 1 : 0);
    }

    @Test
    void what_is_no_set_of_keys_is_left_to_who_reads_it() throws Exception {
        assertThat(SigningKeys.of("{\"keys\":\"none\"}", Set.of("RS256")).toString())
                .isEqualTo("{\"keys\":\"none\"}");
        assertThat(SigningKeys.of("[]", Set.of("RS256")).toString()).isEqualTo("[]");
    }
}
