package org.postern.push.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postern.events.MailAddress;
import org.postern.events.MalformedValueException;
import org.postern.events.RecipientHash;
import org.postern.events.RecipientHashKey;
import org.postern.events.Tenant;
import org.postern.events.push.AccountId;
import org.postern.push.account.AccountDirectory;

/**
 * A directory that an operator, or a script of theirs, writes. A line is an address and the accounts its mail goes to, each
 * an account id or an address whose hash is one: {@code sales@example.org alice@example.org bob@example.org}. A line
 * {@code [tenant]} begins the lines of a tenant, {@code #} a comment. Addresses are hashed as they are read and not kept.
 */
public final class FileAccountDirectory implements AccountDirectory {
    private static final int MOST_LINES = 1_000_000;
    private static final int MOST_ACCOUNTS = 100;

    private final Path file;
    private final RecipientHashKey key;
    private volatile Content content;

    private FileAccountDirectory(Path file, RecipientHashKey key, Content content) {
        this.file = file;
        this.key = key;
        this.content = content;
    }

    private record Content(FileTime modified, Map<Tenant, Map<RecipientHash, List<AccountId>>> accounts) {}

    /**
     * Reads a directory.
     *
     * @throws IOException where the file cannot be read or a line is none, with its number
     */
    public static FileAccountDirectory of(Path file, RecipientHashKey key) throws IOException {
        return new FileAccountDirectory(file, key, read(file, key));
    }

    /**
     * Reads the file anew if it has changed. Where it cannot be, what was read before stays.
     *
     * @return whether it was read
     * @throws IOException as above
     */
    public boolean reload() throws IOException {
        if (Files.getLastModifiedTime(file).equals(content.modified())) {
            return false;
        }
        content = read(file, key);
        return true;
    }

    @Override
    public List<AccountId> accounts(Tenant tenant, RecipientHash recipient) {
        List<AccountId> found =
                content.accounts().getOrDefault(tenant, Map.of()).get(recipient);
        return found == null ? List.of(AccountId.of(recipient)) : found;
    }

    private static Content read(Path file, RecipientHashKey key) throws IOException {
        FileTime modified = Files.getLastModifiedTime(file);
        Map<Tenant, Map<RecipientHash, List<AccountId>>> accounts = new HashMap<>();
        Tenant tenant = Tenant.DEFAULT;
        int number = 0;
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (++number > MOST_LINES) {
                    throw new IOException("the account directory has more than " + MOST_LINES + " lines");
                }
                String text = line.replaceFirst("#.*", "").strip();
                if (text.startsWith("[") && text.endsWith("]")) {
                    tenant = Tenant.of(text.substring(1, text.length() - 1).strip());
                } else if (!text.isEmpty()) {
                    List<String> words = List.of(text.split("\\s+", MOST_ACCOUNTS + 2));
                    accounts.computeIfAbsent(tenant, t -> new HashMap<>())
                            .put(key.hash(tenant, MailAddress.of(words.getFirst())), accounts(key, tenant, words));
                }
            }
        } catch (MalformedValueException | CharacterCodingException e) {
            // Without the line: it names people.
            throw new IOException("line " + number + " of the account directory is not an address and its accounts");
        }
        return new Content(modified, accounts);
    }

    private static List<AccountId> accounts(RecipientHashKey key, Tenant tenant, List<String> words) {
        if (words.size() < 2 || words.size() > MOST_ACCOUNTS + 1) {
            throw new MalformedValueException("line", "must name 1 to 100 accounts");
        }
        List<AccountId> accounts = new ArrayList<>();
        for (String word : words.subList(1, words.size())) {
            accounts.add(
                    word.contains("@") ? AccountId.of(key.hash(tenant, MailAddress.of(word))) : AccountId.of(word));
        }
        return List.copyOf(accounts);
    }
}
