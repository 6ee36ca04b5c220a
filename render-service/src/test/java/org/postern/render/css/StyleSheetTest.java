package org.postern.render.css;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StyleSheetTest {
    private static final String CSS =
            "@media print{.a{display:none}}.b{display:none;background:url(https://i.example/b)}";

    private final List<String> reported = new ArrayList<>();
    private final AtomicInteger checks = new AtomicInteger();

    @Test
    void whoWritesAndWhoLooksForWhatIsHiddenReadItOnce() {
        StyleSheet sheet = new StyleSheet(CSS, "", checks::incrementAndGet);
        HidingRules rules = new HidingRules(() -> {}, new KnownStyles());
        rules.add(sheet);
        assertThat(rules.isEmpty()).isFalse();
        int read = checks.get();

        String written = filter().block(sheet);

        assertThat(read).isPositive();
        assertThat(checks).hasValue(read);
        assertThat(written).isEqualTo(filter().block(CSS)).contains(".pm-b{display:none;background:none}");
        assertThat(rules.visibility("", Set.of("b"), selector -> selector.equals(".b")))
                .hasValueSatisfying(seen -> assertThat(seen.none()).isTrue());
        assertThat(rules.visibility("", Set.of("a"), selector -> selector.equals(".a")))
                .isEmpty();
    }

    @Test
    void whatNobodyAsksAboutIsNotRead() {
        new HidingRules(() -> {}, new KnownStyles()).add(new StyleSheet(CSS, "", checks::incrementAndGet));

        assertThat(checks).hasValue(0);
    }

    @Test
    void whatWasAskedAboutBeforeIsNotReadAgain() {
        KnownStyles known = new KnownStyles();
        HidingRules first = new HidingRules(() -> {}, known);
        first.add(new StyleSheet(CSS, "", () -> {}));
        assertThat(first.isEmpty()).isFalse();
        HidingRules second = new HidingRules(() -> {}, known);
        second.add(new StyleSheet(CSS, "", checks::incrementAndGet));

        assertThat(second.isEmpty()).isFalse();

        assertThat(checks).hasValue(0);
    }

    @Test
    void writtenTwiceItIsReportedTwiceAlike() {
        StyleSheet sheet = new StyleSheet(CSS, "", () -> {});
        filter().block(sheet);
        List<String> first = List.copyOf(reported);
        reported.clear();

        filter().block(sheet);

        assertThat(reported).isEqualTo(first).isNotEmpty();
    }

    private StyleFilter filter() {
        return new StyleFilter(new Noted(), () -> {});
    }

    private final class Noted implements Addresses {
        @Override
        public @Nullable String resolve(String address) {
            reported.add("asked for " + address);
            return null;
        }

        @Override
        public void leftOut(String address, Place place) {
            reported.add("left out " + address);
        }

        @Override
        public void removed(String construct, int times) {
            reported.addAll(Collections.nCopies(times, "removed " + construct));
        }
    }
}
