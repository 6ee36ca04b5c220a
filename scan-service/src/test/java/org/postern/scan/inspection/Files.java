package org.postern.scan.inspection;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.lingala.zip4j.model.ZipParameters;
import net.lingala.zip4j.model.enums.EncryptionMethod;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZOutputFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionJavaScript;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.crypt.Encryptor;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/** Files of all kinds, made on the spot. */
final class Files {
    private Files() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** @param namesAndContents names and contents in turn: a String or bytes */
    static byte[] zip(Object... namesAndContents) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry((String) namesAndContents[i]));
                Object content = namesAndContents[i + 1];
                zip.write(content instanceof byte[] raw ? raw : bytes((String) content));
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    static byte[] encryptedZip(String password, EncryptionMethod method, String name, byte[] content)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (net.lingala.zip4j.io.outputstream.ZipOutputStream zip =
                new net.lingala.zip4j.io.outputstream.ZipOutputStream(out, password.toCharArray())) {
            ZipParameters parameters = new ZipParameters();
            parameters.setFileNameInZip(name);
            parameters.setEncryptFiles(true);
            parameters.setEncryptionMethod(method);
            zip.putNextEntry(parameters);
            zip.write(content);
            zip.closeEntry();
        }
        return out.toByteArray();
    }

    static byte[] sevenZip(char[] password, String name, byte[] content) throws IOException {
        try (SeekableInMemoryByteChannel channel = new SeekableInMemoryByteChannel()) {
            try (SevenZOutputFile archive = new SevenZOutputFile(channel, password)) {
                SevenZArchiveEntry entry = new SevenZArchiveEntry();
                entry.setName(name);
                archive.putArchiveEntry(entry);
                archive.write(content);
                archive.closeArchiveEntry();
            }
            return java.util.Arrays.copyOf(channel.array(), (int) channel.size());
        }
    }

    /** A 7z whose key takes two to the power of that many hashes. */
    static byte[] sevenZip(char[] password, int power) throws IOException {
        byte[] archive = sevenZip(password, "a.txt", bytes("text"));
        ByteBuffer file = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
        int header = 32 + (int) file.getLong(12);
        int length = (int) file.getLong(20);
        for (int i = header; i < header + length - 5; i++) {
            if (file.getInt(i) == 0x0107f106) {
                archive[i + 5] = (byte) (archive[i + 5] & 0xc0 | power);
            }
        }
        CRC32 crc = new CRC32();
        crc.update(archive, header, length);
        file.putInt(28, (int) crc.getValue());
        crc.reset();
        crc.update(archive, 12, 20);
        file.putInt(8, (int) crc.getValue());
        return archive;
    }

    /** Two entries of the directory that have the same bytes. */
    static byte[] overlappingZip() {
        byte[] content = new byte[100];
        CRC32 crc = new CRC32();
        crc.update(content);
        ByteBuffer zip = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
        zip.putInt(0x04034b50)
                .putShort((short) 20)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(0);
        zip.putInt((int) crc.getValue())
                .putInt(100)
                .putInt(100)
                .putShort((short) 1)
                .putShort((short) 0);
        zip.put((byte) 'a').put(content);
        int directory = zip.position();
        for (int i = 0; i < 2; i++) {
            zip.putInt(0x02014b50)
                    .putShort((short) 20)
                    .putShort((short) 20)
                    .putShort((short) 0)
                    .putShort((short) 0);
            zip.putInt(0).putInt((int) crc.getValue()).putInt(100).putInt(100).putShort((short) 1);
            zip.putShort((short) 0)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putInt(0)
                    .putInt(0);
            zip.put((byte) 'a');
        }
        int size = zip.position() - directory;
        zip.putInt(0x06054b50)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 2)
                .putShort((short) 2);
        zip.putInt(size).putInt(directory).putShort((short) 0);
        return java.util.Arrays.copyOf(zip.array(), zip.position());
    }

    static byte[] docx(String documentXml, Object... more) throws IOException {
        Object[] parts = new Object[4 + more.length];
        parts[0] = "[Content_Types].xml";
        parts[1] = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>";
        parts[2] = "word/document.xml";
        parts[3] = "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>" + documentXml
                + "</w:document>";
        System.arraycopy(more, 0, parts, 4, more.length);
        return zip(parts);
    }

    static byte[] relationship(String type, String target) {
        return bytes("<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
                + "<Relationship Id='r1' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
                + type + "' Target='" + target + "' TargetMode='External'/></Relationships>");
    }

    static byte[] encryptedDocument(String password, byte[] document) throws Exception {
        EncryptionInfo info = new EncryptionInfo(EncryptionMode.agile);
        Encryptor encryptor = info.getEncryptor();
        encryptor.confirmPassword(password);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (POIFSFileSystem storage = new POIFSFileSystem()) {
            try (OutputStream data = encryptor.getDataStream(storage)) {
                data.write(document);
            }
            storage.writeFilesystem(out);
        }
        return out.toByteArray();
    }

    /** A compound file with a storage of macros. */
    static byte[] ole(String... storages) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (POIFSFileSystem storage = new POIFSFileSystem()) {
            storage.createDocument(new ByteArrayInputStream(new byte[5000]), "Contents of it");
            for (String name : storages) {
                storage.getRoot().createDirectory(name).createDocument("dir", new ByteArrayInputStream(new byte[10]));
            }
            storage.writeFilesystem(out);
        }
        return out.toByteArray();
    }

    static byte[] pdf(boolean script, String userPassword, String ownerPassword) throws IOException {
        try (PDDocument document = new PDDocument()) {
            document.addPage(new PDPage());
            if (script) {
                document.getDocumentCatalog().setOpenAction(new PDActionJavaScript("app.alert(1)"));
            }
            if (!ownerPassword.isEmpty()) {
                document.protect(new StandardProtectionPolicy(ownerPassword, userPassword, new AccessPermission()));
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        }
    }

    /** A PDF with a file in it. */
    static byte[] pdfWith(String name, InputStream content) throws IOException {
        try (PDDocument document = new PDDocument()) {
            document.addPage(new PDPage());
            PDComplexFileSpecification file = new PDComplexFileSpecification();
            file.setFile(name);
            file.setEmbeddedFile(new PDEmbeddedFile(document, content, COSName.FLATE_DECODE));
            PDEmbeddedFilesNameTreeNode files = new PDEmbeddedFilesNameTreeNode();
            files.setNames(Map.of(name, file));
            PDDocumentNameDictionary names = new PDDocumentNameDictionary(document.getDocumentCatalog());
            names.setEmbeddedFiles(files);
            document.getDocumentCatalog().setNames(names);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        }
    }

    static byte[] program() {
        byte[] program = new byte[1024];
        program[0] = 'M';
        program[1] = 'Z';
        program[0x3c] = (byte) 0x80;
        program[0x80] = 'P';
        program[0x81] = 'E';
        program[0x84] = 0x4c;
        program[0x85] = 1;
        return program;
    }

    static byte[] picture() {
        return java.util.Base64.getDecoder()
                .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=");
    }

    /** A bitmap of one white point. */
    static byte[] bitmap() {
        ByteBuffer bitmap = ByteBuffer.allocate(58).order(ByteOrder.LITTLE_ENDIAN);
        bitmap.put((byte) 'B').put((byte) 'M').putInt(58).putInt(0).putInt(54);
        bitmap.putInt(40)
                .putInt(1)
                .putInt(1)
                .putShort((short) 1)
                .putShort((short) 24)
                .putInt(0)
                .putInt(4);
        return bitmap.putInt(0).putInt(0).putInt(0).putInt(0).putInt(0x00ffffff).array();
    }

    static byte[] and(byte[] first, byte[] second) {
        byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
