package org.postern.spam.weighing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.events.mail.Finding;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.Severity;

class LiveWeightsTest {
    private static final String TABLE = """
        thresholds: {suspicious: 2, spam: 6, phishing: 4}
        engine: {point: 0.5, cap: 2}
        groups:
          links: {cap: 3, weights: {link-ip: 2, link-userinfo: 2}}
          pitch: {cap: 8, means: spam, weights: {prize-lure: 6}}
        """;

    @Test
    void a_changed_table_is_in_force_without_a_restart_and_a_bad_one_is_refused_loudly(@TempDir Path folder)
            throws Exception {
        Path file = Files.writeString(folder.resolve("weights.yaml"), TABLE);
        List<String> complaints = new ArrayList<>();
        LiveWeights weights = new LiveWeights(file, complaints::add);

        Files.writeString(file, TABLE.replace("phishing: 4", "phishing: 5"));
        weights.refresh();
        assertThat(weights.get().thresholds().phishing()).isEqualTo(5);

        Files.writeString(file, TABLE.replace("phishing: 4", "phishing: 0"));
        weights.refresh();
        weights.refresh();
        assertThat(weights.get().thresholds().phishing()).isEqualTo(5);
        assertThat(complaints).hasSize(1).first().asString().contains("thresholds.phishing");
        assertThat(weights.mistake()).contains("thresholds.phishing");

        Files.writeString(file, TABLE);
        weights.refresh();
        assertThat(weights.get().thresholds().phishing()).isEqualTo(4);
        assertThat(weights.mistake()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "thresholds: [",
                "thresholds: {suspicious: 2, spam: 6, phishing: 4}\n"
                        + "engine: {point: 1, cap: 1}\n"
                        + "groups: {a: {cap: 1, weights: {x: -1}}}",
                "thresholds: {suspicious: 2, spam: 6, phishing: 4}\n"
                        + "engine: {point: 1, cap: 1}\n"
                        + "groups: {a: {cap: 1, weights: {x: 1}}, b: {cap: 1, weights: {x: 1}}}",
                "thresholds: {suspicious: 2, spam: 6, phishing: 4}\nengine: {point: 1, cap: 1}\ngroups: {}\nextra: 1",
                "thresholds: {suspicious: 2, spam: 6}\nengine: {point: 1, cap: 1}\ngroups: {}"
            })
    void a_table_with_a_mistake_is_no_table(String table) {
        assertThatThrownBy(() -> WeightFile.read(table.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(BadTableException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "'',ham,0,ham",
        "link-ip,ham,0,suspicious",
        "link-ip link-userinfo,ham,0,suspicious",
        "link-ip link-userinfo,ham,2,phishing",
        "link-ip link-userinfo,ham,-50,suspicious",
        "link-ip link-userinfo,spam,9,phishing",
        "prize-lure,ham,0,spam",
        "link-ip,spam,0,spam",
        "'',phishing,0,phishing",
        "link-ip link-userinfo,inconclusive,9,inconclusive"
    })
    void groups_are_capped_and_nothing_makes_a_class_better_than_the_engines(
            String codes, String engine, double score, String expected) throws Exception {
        List<Finding> findings = List.of(codes.split(" ")).stream()
                .map(code -> new Finding(code, Severity.LOW, "x", Map.of()))
                .toList();
        MailClass engineClass = MailClass.valueOf(engine.toUpperCase(java.util.Locale.ROOT));
        assertThat(Weigher.weigh(WeightFile.read(TABLE.getBytes(StandardCharsets.UTF_8)), findings, engineClass, score)
                        .mailClass()
                        .word())
                .isEqualTo(expected);
    }
}
