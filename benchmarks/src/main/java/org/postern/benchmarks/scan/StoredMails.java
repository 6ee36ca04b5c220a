package org.postern.benchmarks.scan;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.postern.events.EnvelopeSender;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;
import org.postern.events.mail.Client;
import org.postern.events.mail.Envelope;
import org.postern.events.mail.MailPath;
import org.postern.events.mail.MailReceived;
import org.postern.store.MessageStore;
import org.postern.store.StoreKey;
import org.postern.store.filesystem.FilesystemMessageStore;

/** Mails like none before them, made and stored before anything is measured: clamd remembers content that it has seen. */
final class StoredMails {
    private static final int KIBIBYTE = 1024;
    private static final long LARGEST = 1024L * KIBIBYTE;

    private final FilesystemMessageStore store;
    private final AtomicInteger numbers = new AtomicInteger();

    StoredMails(Path folder) throws IOException {
        this.store = new FilesystemMessageStore(
                folder, StoreKey.ofText(Base64.getEncoder().encodeToString(new byte[32])));
    }

    /**
     * A mail, as bytes and as whoever takes it from the store sees it.
     *
     * @param number which makes the same mail again
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, read once, never compared
    record Item(int number, byte[] bytes, MailReceived mail) {}

    MessageStore store() {
        return store;
    }

    int nextNumber() {
        return numbers.incrementAndGet();
    }

    /** A new mail of about that size: half of it a page, half of it random bytes. */
    Item next(int size) throws IOException {
        int number = nextNumber();
        byte[] bytes = bytes(number, size);
        ObjectReference object = store.put(Tenant.DEFAULT, new ByteArrayInputStream(bytes), LARGEST);
        Instant now = Instant.now();
        return new Item(
                number,
                bytes,
                new MailReceived(
                        MessageId.random(),
                        Tenant.DEFAULT,
                        object,
                        new Envelope(EnvelopeSender.of(""), List.of(MailAddress.of("a@example.org"))),
                        Client.UNKNOWN,
                        MailPath.REST,
                        now,
                        now.plusSeconds(25)));
    }

    void erase(Item item) throws IOException {
        store.erase(item.mail().tenant(), item.mail().object().id());
    }

    private static byte[] bytes(int number, int size) throws IOException {
        StringBuilder mail = new StringBuilder(size + KIBIBYTE);
        mail.append("From: carol@example.com\r\nSubject: report ")
                .append(number)
                .append("\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n")
                .append("Content-Type: text/html; charset=utf-8\r\n\r\n<html><body>\r\n");
        while (mail.length() < size / 2) {
            mail.append("<p>The report of number ")
                    .append(Long.toHexString(number * 0x9E3779B97F4A7C15L + mail.length()))
                    .append(" is attached, with regards.</p>\r\n");
        }
        mail.append("</body></html>\r\n--m\r\nContent-Type: application/octet-stream; name=data.bin\r\n")
                .append("Content-Transfer-Encoding: base64\r\n\r\n");
        byte[] data = new Noise(Math.max(64, (size - mail.length()) * 3L / 4), number).readNBytes(size);
        mail.append(Base64.getMimeEncoder().encodeToString(data)).append("\r\n--m--\r\n");
        return mail.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
