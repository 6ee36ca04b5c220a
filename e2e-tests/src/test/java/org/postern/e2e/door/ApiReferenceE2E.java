package org.postern.e2e.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postern.e2e.suite.Door;

/**
 * {@code docs/api.md} is what the running door says of itself. With {@code -Dpostern.regenerate=true} it is written; otherwise
 * every call must stand in it with its roles, and none that is not there.
 */
class ApiReferenceE2E {
    @Test
    void the_reference_has_every_call_of_the_door_with_its_roles() throws IOException {
        Path file = Path.of(System.getProperty("postern.root", "..")).resolve("docs/api.md");
        String text = ApiReference.page(Door.anybody().get("/openapi.json").jsonPath());
        if (Boolean.getBoolean("postern.regenerate")) {
            Files.writeString(file, text);
        }
        assertThat(calls(Files.readString(file)))
                .as("docs/api.md is made by this test: run it with -DargLine=-Dpostern.regenerate=true")
                .containsExactlyElementsOf(calls(text));
    }

    /** The first two cells of each row. */
    private static List<String> calls(String page) {
        return page.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> String.join("|", List.of(line.split("\\|", -1)).subList(1, 3)))
                .toList();
    }
}
