package org.postern.scan.office;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.apache.poi.poifs.crypt.Decryptor;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.postern.scan.inspection.Content;
import org.postern.scan.inspection.Label;
import org.postern.scan.inspection.Opened;

/** An encrypted OOXML document (MS-OFFCRYPTO 2.3). */
final class EncryptedPackage {
    /** Office writes 100 000 (MS-OFFCRYPTO 2.3.4.10 has ten million for the most); each password is hashed that often. */
    private static final int MOST_SPINS = 500_000;

    private final POIFSFileSystem storage;
    private final Content content;
    private final Opened opened;

    EncryptedPackage(POIFSFileSystem storage, Content content, Opened opened) {
        this.storage = storage;
        this.content = content;
        this.opened = opened;
    }

    void open() throws IOException {
        try {
            EncryptionInfo encryption = new EncryptionInfo(storage);
            if (encryption.getVerifier().getSpinCount() > MOST_SPINS) {
                opened.staysEncrypted("an OOXML document, by a key that takes too long");
                return;
            }
            Decryptor decryptor = Decryptor.getInstance(encryption);
            // The password that Excel tries by itself: such a file opens for everybody, and for no scanner.
            boolean byDefault = decryptor.verifyPassword(Decryptor.DEFAULT_PASSWORD);
            Optional<String> password = byDefault ? Optional.of(Decryptor.DEFAULT_PASSWORD) : ofTheMail(decryptor);
            if (password.isEmpty()) {
                opened.staysEncrypted("an OOXML document");
                return;
            }
            if (byDefault) {
                opened.found("default-password", null);
            }
            opened.openedWithPassword();
            try (InputStream bytes = decryptor.getDataStream(storage)) {
                opened.entry(Label.named(content.name()), bytes, Opened.UNKNOWN);
            }
        } catch (GeneralSecurityException e) {
            opened.staysEncrypted("an OOXML document, by an unknown cipher");
        }
    }

    private Optional<String> ofTheMail(Decryptor decryptor) throws GeneralSecurityException, IOException {
        for (String candidate : opened.passwords()) {
            opened.tick();
            if (decryptor.verifyPassword(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
