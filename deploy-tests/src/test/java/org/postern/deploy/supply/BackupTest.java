package org.postern.deploy.supply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.deploy.Checkout;

/** The copy that {@code ./postern backup} makes of an installation that does not run, and what {@code restore} refuses. */
class BackupTest {
    private record Run(int code, String said) {}

    @TempDir
    private Path folder;

    private Path home;
    private Path copy;

    @BeforeEach
    void anInstallation() throws IOException {
        home = folder.resolve("home");
        copy = folder.resolve("copy");
        write("store/ab/body", "sealed");
        write("postgres/data/PG_VERSION", "18");
        write("kafka/data/topic-0/0.log", "records");
        write("redis/dump.rdb", "words");
        write("secrets/store.key", "key");
        Files.setPosixFilePermissions(home.resolve("secrets"), PosixFilePermissions.fromString("rwx------"));
        write("logs/gateway.log", "not kept");
    }

    @Test
    void everythingThatIsKeptComesBack() throws Exception {
        assertThat(postern("backup", copy).code()).isZero();
        Files.move(home, folder.resolve("lost"));

        assertThat(postern("restore", copy).said()).contains("restored into");
        for (String file : List.of(
                "store/ab/body",
                "postgres/data/PG_VERSION",
                "kafka/data/topic-0/0.log",
                "redis/dump.rdb",
                "secrets/store.key")) {
            assertThat(home.resolve(file)).hasSameBinaryContentAs(folder.resolve("lost/" + file));
        }
        assertThat(home.resolve("logs/gateway.log")).doesNotExist();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("secrets"))))
                .isEqualTo("rwx------");
    }

    @Test
    void nobodyElseReadsTheCopy() throws Exception {
        postern("backup", copy);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy.resolve("keys.tar"))))
                .isEqualTo("rw-------");
    }

    /** Keys are kept in another place than the bodies that they open. */
    @Test
    void theKeysMayComeFromElsewhere() throws Exception {
        postern("backup", copy);
        Path keys = Files.move(copy.resolve("keys.tar"), folder.resolve("elsewhere.tar"));
        Files.move(home, folder.resolve("lost"));

        assertThat(postern("restore", copy)).satisfies(refused -> {
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.said()).contains("--keys");
        });
        assertThat(postern("restore", copy, "--keys", keys).code()).isZero();
        assertThat(home.resolve("secrets/store.key")).hasContent("key");
    }

    @Test
    void aDamagedCopyIsNotRestored() throws Exception {
        postern("backup", copy);
        Files.move(home, folder.resolve("lost"));
        Files.writeString(copy.resolve("postgres.tar"), "damaged");

        assertThat(postern("restore", copy)).satisfies(refused -> {
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.said()).contains("nothing was restored");
        });
        assertThat(home.resolve("store")).doesNotExist();
    }

    @Test
    void nothingThatIsThereIsWrittenOver() throws Exception {
        postern("backup", copy);
        write("store/ab/body", "newer");

        assertThat(postern("restore", copy).said()).contains("is there already");
        assertThat(home.resolve("store/ab/body")).hasContent("newer");
        assertThat(postern("backup", copy).said()).contains("is there already");
    }

    @Test
    void anotherFolderIsNoCopy() throws Exception {
        assertThat(postern("restore", folder).said()).contains("no copy that ./postern backup made");
        assertThat(postern("restore", copy.resolve("nowhere")).code()).isEqualTo(1);
    }

    private void write(String name, String text) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Run postern(Object... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(Checkout.path("postern").toString()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("POSTERN_HOME", home.toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as(said).isTrue();
        return new Run(process.exitValue(), said);
    }
}
