package org.postern.spam.phishing.tables;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postern.spam.phishing.names.Brand;
import org.postern.spam.phishing.names.Brands;
import org.postern.spam.phishing.names.LookAlikes;
import org.postern.spam.phishing.names.Redirectors;
import org.postern.spam.phishing.names.ServiceNames;
import org.postern.spam.phishing.phrases.Phrase;
import org.postern.spam.phishing.phrases.PhraseIndex;

/** The tables that come with the service. */
public final class TableFiles {
    private static final ObjectMapper YAML = YAMLMapper.builder().build();

    private TableFiles() {}

    private record BrandFile(List<BrandEntry> brands) {}

    private record BrandEntry(String name, List<String> words, List<String> domains, boolean common, boolean signs) {}

    private record HostFile(
            List<String> shorteners,
            @JsonProperty("free-hosts") List<String> freeHosts,
            List<String> freemail,
            @JsonProperty("cheap-top-levels") List<String> cheapTopLevels,
            List<String> lures,
            List<String> services,
            List<Redirectors.Redirector> redirectors) {}

    private record PhraseFile(List<Family> families) {}

    private record Family(String finding, String why, Map<String, List<String>> phrases) {}

    /** Reads the tables; what is wrong with them is a defect of the build. */
    public static Tables bundled() {
        HostFile hosts = read("hosts.yaml", HostFile.class);
        Brands brands = new Brands(read("brands.yaml", BrandFile.class).brands().stream()
                .map(e -> new Brand(e.name(), e.words(), e.domains(), e.common(), e.signs()))
                .toList());
        Map<Boolean, List<String>> free =
                hosts.freeHosts().stream().collect(Collectors.partitioningBy(host -> host.indexOf('/') > 0));
        return new Tables(
                brands,
                new LookAlikes(brands, Set.copyOf(hosts.lures())),
                new Redirectors(hosts.redirectors()),
                Set.copyOf(hosts.shorteners()),
                Set.copyOf(free.getOrDefault(false, List.of())),
                free.getOrDefault(true, List.of()),
                Set.copyOf(hosts.freemail()),
                Set.copyOf(hosts.cheapTopLevels()),
                new ServiceNames(Stream.concat(hosts.lures().stream(), hosts.services().stream())
                        .collect(Collectors.toSet())),
                phrases(read("phrases.yaml", PhraseFile.class)));
    }

    private static PhraseIndex<String> phrases(PhraseFile file) {
        PhraseIndex.Builder<String> index = PhraseIndex.builder();
        for (Family family : file.families()) {
            family.phrases()
                    .values()
                    .forEach(phrases -> phrases.forEach(text -> {
                        index.add(Phrase.parse(text), family.finding());
                    }));
        }
        return index.build();
    }

    private static <T> T read(String name, Class<T> type) {
        try (InputStream in = TableFiles.class.getResourceAsStream("/phishing/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the table " + name + " is missing");
            }
            return YAML.readValue(in, type);
        } catch (IOException e) {
            throw new UncheckedIOException("the table " + name + " cannot be read", e);
        }
    }
}
