package org.postern.scan.office;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;
import org.apache.poi.poifs.filesystem.DirectoryEntry;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.apache.poi.poifs.filesystem.DocumentEntry;
import org.apache.poi.poifs.filesystem.DocumentInputStream;
import org.apache.poi.poifs.filesystem.Entry;
import org.apache.poi.poifs.filesystem.Ole10Native;
import org.apache.poi.poifs.filesystem.Ole10NativeException;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.postern.scan.inspection.Content;
import org.postern.scan.inspection.FormatReader;
import org.postern.scan.inspection.Label;
import org.postern.scan.inspection.Opened;

/** Compound files (MS-CFB): Office before 2007, Outlook messages, installers, and every encrypted OOXML. */
public final class OleFormat implements FormatReader {
    /** Installers of Windows by the class of their root. */
    private static final Set<String> INSTALLERS =
            Set.of("{000C1084-0000-0000-C000-000000000046}", "{000C1086-0000-0000-C000-000000000046}");

    private static final Set<String> TYPES = Set.of(
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            "application/vnd.ms-outlook",
            "application/vnd.ms-project",
            "application/vnd.visio",
            "application/x-mspublisher",
            "application/x-ole-storage",
            "application/x-msi");

    private static final int DEEPEST = 20;

    @Override
    public boolean reads(String mediaType, Label label) {
        return mediaType.startsWith("application/x-tika-msoffice") || TYPES.contains(mediaType);
    }

    @Override
    public void read(Content content, Opened opened) throws IOException {
        try (POIFSFileSystem storage = new POIFSFileSystem(content.file().toFile(), true)) {
            DirectoryNode root = storage.getRoot();
            if (INSTALLERS.contains(String.valueOf(root.getStorageClsid()).toUpperCase(Locale.ROOT))) {
                opened.found("dangerous-type", "installer, by its class");
            }
            if (root.hasEntryCaseInsensitive("EncryptedPackage") && root.hasEntryCaseInsensitive("EncryptionInfo")) {
                new EncryptedPackage(storage, content, opened).open();
                return;
            }
            new LegacyDocument(root, opened).look();
            directory(root, opened, 0);
            if (hasMacros(root, 0)) {
                MacroText.look(storage, opened);
            }
        }
    }

    private static boolean hasMacros(DirectoryEntry directory, int depth) {
        for (Entry entry : directory) {
            String name = entry.getName().toUpperCase(Locale.ROOT);
            boolean macros = name.equals("VBA") || name.equals("_VBA_PROJECT_CUR") || name.equals("_VBA_PROJECT");
            if (macros || (depth < DEEPEST && entry instanceof DirectoryEntry inner && hasMacros(inner, depth + 1))) {
                return true;
            }
        }
        return false;
    }

    private static void directory(DirectoryEntry directory, Opened opened, int depth) throws IOException {
        if (depth > DEEPEST) {
            opened.found("too-deep", "storages of a compound file");
            return;
        }
        for (Entry entry : directory) {
            opened.step();
            String name = entry.getName();
            if (entry instanceof DirectoryEntry inner) {
                if (name.startsWith("__attach_version1.0_")) {
                    attachment(inner, opened);
                }
                directory(inner, opened, depth + 1);
            } else if (entry instanceof DocumentEntry document) {
                stream(directory, document, opened);
            }
        }
    }

    private static void stream(DirectoryEntry directory, DocumentEntry document, Opened opened) throws IOException {
        String name = document.getName();
        if (name.equals(Ole10Native.OLE10_NATIVE) && directory instanceof DirectoryNode node) {
            embedded(node, document, opened);
        } else if (name.equalsIgnoreCase("Package") || name.equalsIgnoreCase("CONTENTS")) {
            try (InputStream bytes = new DocumentInputStream(document)) {
                opened.entry(Label.none(), bytes, Opened.UNKNOWN);
            }
        }
    }

    /** A file that somebody dropped into a document, with the name it had. */
    private static void embedded(DirectoryNode directory, DocumentEntry document, Opened opened) throws IOException {
        opened.found("embedded-object", null);
        if (document.getSize() > opened.limits().held()) {
            opened.found("inspection-memory", "an embedded file");
            return;
        }
        try {
            Ole10Native file = Ole10Native.createFromEmbeddedOleObject(directory);
            opened.entry(Label.named(file.getLabel()), new ByteArrayInputStream(file.getDataBuffer()), Opened.UNKNOWN);
        } catch (Ole10NativeException e) {
            try (InputStream bytes = new DocumentInputStream(document)) {
                opened.entry(Label.none(), bytes, Opened.UNKNOWN);
            }
        }
    }

    /** An attachment of an Outlook message (MS-OXMSG 2.2.2); an attached message is a storage of its own. */
    private static void attachment(DirectoryEntry attachment, Opened opened) throws IOException {
        String name = OutlookText.of(attachment, "3707");
        if (name == null) {
            name = OutlookText.of(attachment, "3704");
        }
        if (attachment.hasEntryCaseInsensitive("__substg1.0_37010102")
                && attachment.getEntryCaseInsensitive("__substg1.0_37010102") instanceof DocumentEntry data) {
            try (InputStream bytes = new DocumentInputStream(data)) {
                opened.entry(Label.named(name), bytes, Opened.UNKNOWN);
            }
        }
    }
}
