package org.postern.message.stamp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class ForeignFieldsTest {
    @ParameterizedTest
    @CsvFileSource(resources = "/foreign-fields.csv", numLinesToSkip = 1)
    void takesOutWhatCouldBeTakenForOurs(String name, String value, boolean foreign) {
        ForeignFields fields = new ForeignFields("mx.example.org", true, false);

        fields.take(
                name.replace("\\t", "\t"),
                value == null ? "" : value.replace("\\n", "\n").replace("\\t", "\t"));

        assertThat(fields.lowestFirst()).hasSize(foreign ? 1 : 0);
    }
}
