package org.postern.deploy.documents;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.postern.deploy.Checkout;

/** The tests that a document names, and those that there are. */
final class NamedTests {
    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Za-z0-9]+(?:Test|IT|E2E))`");

    private NamedTests() {}

    static Set<String> in(String text) {
        return NAME.matcher(text)
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static Set<String> existing() {
        return Checkout.files(".", name -> name.contains("/src/test/java/") && name.endsWith(".java")).stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
    }
}
