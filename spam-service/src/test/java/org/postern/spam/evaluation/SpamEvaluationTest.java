package org.postern.spam.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The evaluation on the own set. Its mails are constructed and no evidence: what is tried here is the evaluation. */
class SpamEvaluationTest {
    private static final String MAILS = "src/test/resources/mails";

    @Test
    void tellsForEachMailWhatItWasTakenForAndWhy(@TempDir Path folder) throws Exception {
        JsonNode told = evaluate(folder, MAILS);

        assertThat(told.path("mails")).hasSize(21);
        JsonNode classes = told.path("figures").path("classes");
        assertThat(classes.path("LEGITIMATE").path("phishing").asInt(0)).isZero();
        assertThat(classes.path("LEGITIMATE").path("spam").asInt(0)).isZero();
        assertThat(classes.path("PHISHING").path("phishing").asInt(0)).isEqualTo(15);
        assertThat(told.path("figures")
                        .path("hits")
                        .path("display-name-brand")
                        .path("PHISHING")
                        .asInt())
                .isPositive();
    }

    @Test
    void takesNoLabelFromWhereTheMailsHappenToLie(@TempDir Path folder) throws Exception {
        Path mails = Files.createDirectories(folder.resolve("spam/of-2026/newsletter"));
        Files.copy(Path.of(MAILS, "newsletter.eml"), mails.resolve("one.eml"));
        Files.copy(Path.of(MAILS, "newsletter.eml"), mails.resolveSibling("two.eml"));

        JsonNode told = evaluate(folder, folder.resolve("spam/of-2026").toString());

        assertThat(told.path("mails")).hasSize(1);
        assertThat(told.path("mails").get(0).path("label").asText()).isEqualTo("LEGITIMATE");
    }

    @Test
    void namesTheWorstMistakes(@TempDir Path folder) throws Exception {
        Path wrong = Files.createDirectories(folder.resolve("wrong"));
        Files.copy(Path.of(MAILS, "brand-in-the-name.eml"), wrong.resolve("accused.eml"));
        Files.writeString(wrong.resolve("labels.csv"), "accused.eml,legitimate\n");

        JsonNode told = evaluate(folder, wrong.toString());

        assertThat(told.path("figures").path("worst")).hasSize(1);
        assertThat(told.path("figures").path("worst").get(0).path("file").asText())
                .endsWith("accused.eml");
    }

    @Test
    void countsLookAlikesInAListOfDomains(@TempDir Path folder) throws Exception {
        Path list = Files.writeString(folder.resolve("domains"), "paypal.com\npaypa1.com\nexample.org\n");

        JsonNode told = evaluate(folder, "--domains", list.toString(), MAILS);

        assertThat(told.path("domains").toString()).contains("paypa1.com").doesNotContain("example.org");
    }

    private static JsonNode evaluate(Path folder, String... arguments) throws Exception {
        Path json = folder.resolve("figures.json");
        String[] all = new String[arguments.length + 2];
        all[0] = "--json";
        all[1] = json.toString();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        SpamEvaluation.main(all);
        return new ObjectMapper().readTree(json.toFile());
    }
}
