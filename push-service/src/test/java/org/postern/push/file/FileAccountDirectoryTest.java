package org.postern.push.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.postern.push.account.AccountDirectoryContract.hash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.events.MailAddress;
import org.postern.events.Tenant;
import org.postern.events.push.AccountId;
import org.postern.push.account.AccountDirectory;
import org.postern.push.account.AccountDirectoryContract;

class FileAccountDirectoryTest implements AccountDirectoryContract {
    @TempDir
    Path folder;

    @Override
    public AccountDirectory empty() throws IOException {
        return directory("# nobody yet\n");
    }

    @Test
    void anAddressHasTheAccountThatTheMailServerKnowsItBy() throws IOException {
        AccountDirectory directory = directory("Alice@Example.org u1234 # the server's own id\n");
        assertThat(directory.own(Tenant.DEFAULT, hash("alice@example.org"))).isEqualTo(AccountId.of("u1234"));
    }

    @Test
    void aListWakesAllWhoAreOnItAndTheFirstIsItsOwn() throws IOException {
        AccountDirectory directory = directory("sales@example.org shared7 alice@example.org u9\n");
        assertThat(directory.accounts(Tenant.DEFAULT, hash("sales@example.org")))
                .containsExactly(AccountId.of("shared7"), AccountId.of(hash("alice@example.org")), AccountId.of("u9"));
    }

    @Test
    void tenantsKnowNothingOfOneAnother() throws IOException {
        Tenant other = Tenant.of("other");
        AccountDirectory directory = directory("a@example.org one\n[other]\na@example.org two\n");
        assertThat(directory.own(Tenant.DEFAULT, hash("a@example.org"))).isEqualTo(AccountId.of("one"));
        assertThat(directory.own(other, KEY.hash(other, MailAddress.of("a@example.org"))))
                .isEqualTo(AccountId.of("two"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret@example.org",
                "secret u1",
                "secret@example.org u/1",
                "secret@ u1",
                "[no tenant!]",
                "\u0000 x"
            })
    void aLineThatIsNoneIsToldByItsNumberAndNotShown(String line) {
        assertThatThrownBy(() -> directory("# first\n" + line + "\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 2")
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @Test
    void aFileThatHasChangedIsReadAgainAndABrokenOneChangesNothing() throws IOException {
        Path file = write("a@example.org one\n", 1);
        FileAccountDirectory directory = FileAccountDirectory.of(file, KEY);
        assertThat(directory.reload()).isFalse();

        write("a@example.org two\n", 2);
        assertThat(directory.reload()).isTrue();
        assertThat(directory.own(Tenant.DEFAULT, hash("a@example.org"))).isEqualTo(AccountId.of("two"));

        write("broken\n", 3);
        assertThatThrownBy(directory::reload).isInstanceOf(IOException.class);
        assertThat(directory.own(Tenant.DEFAULT, hash("a@example.org"))).isEqualTo(AccountId.of("two"));
    }

    private FileAccountDirectory directory(String text) throws IOException {
        return FileAccountDirectory.of(write(text, 1), KEY);
    }

    private Path write(String text, int second) throws IOException {
        Path file = Files.writeString(folder.resolve("accounts"), text);
        return Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(second)));
    }
}
