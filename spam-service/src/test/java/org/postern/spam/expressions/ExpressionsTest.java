package org.postern.spam.expressions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Proves it by counting, not by a clock: what runs on mails of strangers must not be drawn out by them. */
class ExpressionsTest {
    private static final List<Integer> LENGTHS = List.of(5_000, 10_000, 20_000);
    /** There are many of them. */
    private static final List<Integer> LENGTHS_OF_PAIRS = List.of(500, 1_000, 2_000);

    private static final double MOST_GROWTH = 2.6;
    /** Below so many, a doubling says nothing. */
    private static final long FEW_READS = 1_000;

    private static final Set<String> OF_STRINGS =
            Set.of("matches", "split", "splitWithDelimiters", "replaceAll", "replaceFirst");
    private static final Set<String> OF_PATTERNS = Set.of("compile", "matches");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.postern.spam", "org.postern.mime");

    static Stream<ListedExpression> listed() {
        return ListedExpression.table().stream();
    }

    @ParameterizedTest
    @MethodSource("listed")
    void a_text_of_twice_the_length_is_read_twice_as_often(ListedExpression expression) {
        expression.pieces().forEach(piece -> assertLinear(expression, piece, LENGTHS));
        expression.pairs().forEach(pair -> assertLinear(expression, pair, LENGTHS_OF_PAIRS));
    }

    private static void assertLinear(ListedExpression expression, String piece, List<Integer> lengths) {
        long before = Long.MAX_VALUE;
        for (int length : lengths) {
            long reads = expression.worst(piece, length);
            double most = Math.max(FEW_READS, MOST_GROWTH * before);
            assertThat((double) reads)
                    .as("how often %d characters of %s are looked at", length, piece)
                    .isLessThanOrEqualTo(most);
            before = reads;
        }
    }

    @Test
    void every_place_that_uses_an_expression_is_listed() {
        Map<String, Long> listed = ListedExpression.table().stream()
                .collect(Collectors.groupingBy(ListedExpression::place, TreeMap::new, Collectors.counting()));
        Map<String, Long> used = CLASSES.stream()
                .flatMap(c -> c.getAccessesFromSelf().stream())
                .filter(access -> takesAnExpression(access.getTarget()))
                .map(JavaAccess::getOriginOwner)
                .collect(Collectors.groupingBy(JavaClass::getName, TreeMap::new, Collectors.counting()));

        assertThat(used).isEqualTo(listed);
    }

    @ParameterizedTest
    @MethodSource("listed")
    void the_expression_that_is_tried_is_the_one_that_is_used(ListedExpression expression) throws IOException {
        JavaClass place = CLASSES.get(expression.place());
        try (InputStream in = place.getSource().orElseThrow().getUri().toURL().openStream()) {
            // Constants are folded by the compiler, and lie in the class as UTF-8.
            assertThat(new String(in.readAllBytes(), UTF_8)).contains(expression.expression());
        }
    }

    @Test
    void nothing_is_read_by_a_scanner() {
        assertThat(CLASSES.stream().flatMap(c -> c.getAccessesFromSelf().stream()))
                .noneMatch(access -> access.getTargetOwner().isEquivalentTo(Scanner.class));
    }

    @ParameterizedTest
    @MethodSource("slow")
    void an_expression_that_takes_longer_is_found_out(ListedExpression slow) {
        assertThatThrownBy(() -> a_text_of_twice_the_length_is_read_twice_as_often(slow))
                .isInstanceOfAny(AssertionError.class, CountedText.ReadTooOften.class, StackOverflowError.class);
    }

    static Stream<ListedExpression> slow() {
        return Stream.of(
                new ListedExpression("by the square", "find", "\\s+$", 0, null, List.of(" "), 100_000),
                new ListedExpression("by the square, of two", "find", "<a[^>]*>", 0, null, List.of("<a"), 100_000),
                new ListedExpression("exponentially", "matches", "(a+)+b", 0, null, List.of("a"), 4),
                new ListedExpression("deeper than the stack", "matches", "(a|aa)+", 0, null, List.of("a"), 4));
    }

    private static boolean takesAnExpression(AccessTarget target) {
        JavaClass owner = target.getOwner();
        return owner.isEquivalentTo(String.class) && OF_STRINGS.contains(target.getName())
                || owner.isEquivalentTo(Pattern.class) && OF_PATTERNS.contains(target.getName());
    }
}
