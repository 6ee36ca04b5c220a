package org.postern.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.postern.deploy.Checkout;
import org.postern.deploy.Generated;
import org.postern.deploy.config.Settings.Setting;

/** The reference of settings is what the code has, and the chart sets what has no default. */
class ConfigurationTest {
    private static final List<Setting> SETTINGS = Settings.read();

    @Test
    void theReferenceIsComplete() {
        StringBuilder text = new StringBuilder("""
            # Configuration

            Every setting of the services, made from their `@ConfigMapping` interfaces by `ConfigurationTest`. Set them as system properties, as environment variables (`postern.intake.deadline` is `POSTERN_INTAKE_DEADLINE`), or in `config/application.properties` beside the service. What belongs to the platform (`quarkus.*`, `kafka.*`) is in each service's README.
            """);
        String service = "";
        for (Setting setting : SETTINGS) {
            if (!setting.service().equals(service)) {
                service = setting.service();
                text.append("\n## ").append(service).append("\n\n| key | default | what |\n|---|---|---|\n");
            }
            String shown = setting.needed()
                    ? "**needed**"
                    : setting.byDefault().isEmpty() ? "none" : "`" + setting.byDefault() + "`";
            text.append("| `")
                    .append(setting.key())
                    .append("` | ")
                    .append(shown)
                    .append(" | ");
            text.append(setting.text().replace("|", "\\|")).append(" |\n");
        }
        Generated.file("docs/configuration.md", text.toString());
    }

    @Test
    void everyServiceHasSome() {
        assertThat(SETTINGS)
                .extracting(Setting::service)
                .contains(
                        "gateway", "message-service", "scan-service", "spam-service", "render-service", "push-service");
        assertThat(SETTINGS).hasSizeGreaterThan(60);
    }

    /** A setting without a default that the chart or the launcher forgets is a service that does not start. */
    @Test
    void whatHasNoDefaultIsSetByChartAndLauncher() {
        String chart =
                Checkout.text("k8s/postern/templates/_parts.tpl") + Checkout.text("k8s/postern/templates/_service.tpl");
        String launcher = Checkout.text("deploy/local/lib/parts.sh");
        assertThat(SETTINGS.stream().filter(Setting::needed)).isNotEmpty().allSatisfy(setting -> {
            String variable = setting.key().replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
            assertThat(chart).as("the chart sets %s", setting.key()).contains(variable);
            assertThat(launcher).as("./postern up sets %s", setting.key()).contains(variable);
        });
    }
}
