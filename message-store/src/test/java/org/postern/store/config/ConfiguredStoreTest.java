package org.postern.store.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.store.CacheSpace;
import org.postern.store.filesystem.FilesystemCache;
import org.postern.store.filesystem.FilesystemMessageStore;
import org.postern.store.s3.S3Settings;

class ConfiguredStoreTest {
    @TempDir
    Path folder;

    @Test
    void aFolderIsTheDefault() throws IOException {
        ConfiguredStore store = ConfiguredStore.open(config(Map.of("root", folder.toString())));

        assertThat(store.store()).isInstanceOf(FilesystemMessageStore.class).isSameAs(store.inventory());
        assertThat(store.cache(CacheSpace.IMAGES)).isInstanceOf(FilesystemCache.class);
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        StoreConfig withoutFolder = config(Map.of());
        StoreConfig withoutBucket = config(Map.of("kind", "s3"));

        assertThatThrownBy(() -> ConfiguredStore.open(withoutFolder)).hasMessageContaining("postern.store.root");
        assertThatThrownBy(() -> ConfiguredStore.open(withoutBucket)).hasMessageContaining("postern.store.s3.bucket");
    }

    @Test
    void aBucketIsFoundInItsSettings() throws IOException {
        StoreConfig config = config(Map.of(
                "kind", "s3",
                "s3.bucket", "mail",
                "s3.prefix", "store/",
                "s3.endpoint", "http://127.0.0.1:9000",
                "s3.path-style", "true"));

        assertThat(ConfiguredStore.settings(config.s3()))
                .isEqualTo(new S3Settings(
                        "mail",
                        "store/",
                        "us-east-1",
                        Optional.of("http://127.0.0.1:9000"),
                        true,
                        Duration.ofSeconds(10)));
    }

    private StoreConfig config(Map<String, String> settings) throws IOException {
        Path keys = Files.writeString(folder.resolve("store.key"), "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        Map<String, String> all = new HashMap<>(Map.of("postern.store.key-file", keys.toString()));
        settings.forEach((name, value) -> all.put("postern.store." + name, value));
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .withMapping(StoreConfig.class)
                // As Quarkus reads a duration.
                .withConverter(Duration.class, 100, text -> Duration.parse("PT" + text))
                .build();
        return config.getConfigMapping(StoreConfig.class);
    }
}
