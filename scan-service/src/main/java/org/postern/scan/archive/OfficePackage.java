package org.postern.scan.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.postern.scan.inspection.Opened;

/** What a document in a ZIP (OOXML, ECMA-376; OpenDocument) does by itself when it is opened. */
final class OfficePackage {
    private static final XMLInputFactory XML = xml();
    /** A byte is two in a parser's buffer, which is copied as it grows. */
    private static final int HELD_AS = 4;

    private static final int DEEPEST = 1000;
    private static final int MOST_NAMES = 20_000;
    private static final int LONGEST_FIELDS = 1024 * 1024;
    private static final Pattern DDE = Pattern.compile("\\bDDE(AUTO)?\\b", Pattern.CASE_INSENSITIVE);

    /** Relationships that are loaded without asking. Hyperlinks wait for a click, and pictures are for the renderer. */
    private static final Set<String> LOADED = Set.of(
            "attachedTemplate",
            "oleObject",
            "frame",
            "subDocument",
            "package",
            "externalLinkPath",
            "xlExternalLinkPath");

    private enum Kind {
        NONE,
        OOXML,
        OPEN_DOCUMENT
    }

    private final Kind kind;
    private final List<ZipArchiveEntry> entries;

    private OfficePackage(Kind kind, List<ZipArchiveEntry> entries) {
        this.kind = kind;
        this.entries = entries;
    }

    static OfficePackage of(List<ZipArchiveEntry> entries) {
        if (has(entries, "[Content_Types].xml")) {
            return new OfficePackage(Kind.OOXML, entries);
        }
        boolean openDocument = has(entries, "META-INF/manifest.xml") && has(entries, "content.xml");
        return new OfficePackage(openDocument ? Kind.OPEN_DOCUMENT : Kind.NONE, entries);
    }

    private static boolean has(List<ZipArchiveEntry> entries, String name) {
        return entries.stream().anyMatch(entry -> entry.getName().equalsIgnoreCase(name));
    }

    /** Whether an entry is what such a document consists of, and nothing that somebody put into it. */
    boolean isFilling(ZipArchiveEntry entry) {
        String name = entry.getName().toLowerCase(Locale.ROOT);
        return kind != Kind.NONE
                && (name.endsWith(".xml")
                        || name.endsWith(".rels")
                        || name.endsWith(".rdf")
                        || name.equals("mimetype"));
    }

    /** Looks at what its parts say. Each has passed the limits before. */
    void look(ZipFile zip, Opened opened) throws IOException {
        switch (kind) {
            case NONE -> {}
            case OOXML -> lookAtOoxml(zip, opened);
            case OPEN_DOCUMENT -> lookAtOpenDocument(zip, opened);
        }
    }

    private void lookAtOoxml(ZipFile zip, Opened opened) throws IOException {
        Set<String> loaded = new TreeSet<>();
        for (ZipArchiveEntry entry : entries) {
            String name = entry.getName().toLowerCase(Locale.ROOT);
            if (name.contains("/macrosheets/") && !name.endsWith(".rels")) {
                opened.found("macro", "a sheet of Excel 4 macros");
            } else if (name.endsWith("vbaproject.bin")) {
                opened.found("macro", "a VBA project");
            } else if (name.contains("/activex/") && name.endsWith(".bin")) {
                opened.found("activex", null);
            } else if (name.endsWith(".rels")) {
                read(zip, entry, opened, reader -> relationship(reader, loaded));
            } else if (name.startsWith("xl/externallinks/") && name.endsWith(".xml")) {
                read(zip, entry, opened, reader -> {
                    if (reader.isStartElement() && reader.getLocalName().equals("ddeLink")) {
                        opened.found("dde", "a link of a sheet");
                    }
                });
            } else if (name.startsWith("word/") && name.endsWith(".xml")) {
                lookForFields(zip, entry, opened);
            }
        }
        loaded.forEach(type -> opened.found(
                type.equals("attachedTemplate") ? "external-template" : "external-object", "a relationship " + type));
    }

    private static void relationship(XMLStreamReader reader, Set<String> loaded) {
        if (!reader.isStartElement() || !"External".equalsIgnoreCase(reader.getAttributeValue(null, "TargetMode"))) {
            return;
        }
        String type = String.valueOf(reader.getAttributeValue(null, "Type"));
        String kind = type.substring(type.lastIndexOf('/') + 1);
        String target = String.valueOf(reader.getAttributeValue(null, "Target")).toLowerCase(Locale.ROOT);
        // A file on the writer's own disk is a leftover of their work; what comes from a network is fetched.
        boolean remote = target.startsWith("http:")
                || target.startsWith("https:")
                || target.startsWith("ftp:")
                || target.startsWith("mhtml:")
                || target.startsWith("\\\\")
                || (target.startsWith("file://") && !target.startsWith("file:///"));
        if (remote && LOADED.contains(kind) && !kind.endsWith("ExternalLinkPath") && !kind.equals("externalLinkPath")) {
            loaded.add(kind);
        }
    }

    /** The instructions of fields, which Word cuts into pieces as it likes. */
    private static void lookForFields(ZipFile zip, ZipArchiveEntry entry, Opened opened) throws IOException {
        StringBuilder instructions = new StringBuilder();
        boolean[] inside = new boolean[1];
        read(zip, entry, opened, reader -> {
            if (reader.isStartElement()) {
                String name = reader.getLocalName();
                inside[0] = name.equals("instrText");
                if (name.equals("fldSimple")) {
                    instructions
                            .append(reader.getAttributeValue(reader.getNamespaceURI(), "instr"))
                            .append('\n');
                } else if (name.equals("fldChar")) {
                    instructions.append('\n');
                }
            } else if (reader.isEndElement()) {
                inside[0] = false;
            } else if (reader.isCharacters() && inside[0] && instructions.length() < LONGEST_FIELDS) {
                instructions.append(reader.getText());
            }
        });
        if (instructions.toString().lines().anyMatch(field -> DDE.matcher(field.stripLeading())
                .lookingAt())) {
            opened.found("dde", "a field of a document");
        }
    }

    private void lookAtOpenDocument(ZipFile zip, Opened opened) throws IOException {
        for (ZipArchiveEntry entry : entries) {
            String name = entry.getName();
            if (!entry.isDirectory() && isMacro(name)) {
                opened.found("macro", "a macro of OpenDocument");
            } else if (name.equals("META-INF/manifest.xml")) {
                boolean[] encrypted = new boolean[1];
                read(
                        zip,
                        entry,
                        opened,
                        reader -> encrypted[0] |=
                                reader.isStartElement() && reader.getLocalName().equals("encryption-data"));
                if (encrypted[0]) {
                    opened.staysEncrypted("OpenDocument");
                }
            }
        }
    }

    /** The libraries of macros, without their tables of contents, which a document has without macros too. */
    private static boolean isMacro(String name) {
        boolean table = name.endsWith("script-lc.xml") || name.endsWith("script-lb.xml");
        return (name.startsWith("Basic/") && !table) || name.startsWith("Scripts/");
    }

    private static void read(ZipFile zip, ZipArchiveEntry entry, Opened opened, Events events) throws IOException {
        if (!zip.canReadEntryData(entry) || entry.getGeneralPurposeBit().usesEncryption()) {
            return;
        }
        try (InputStream bytes =
                new BoundedXml(zip.getInputStream(entry), opened.limits().held() / HELD_AS)) {
            XMLStreamReader reader = XML.createXMLStreamReader(bytes);
            if (!read(reader, opened, events)) {
                opened.found("inspection-memory", "XML with more names or levels than documents have");
            }
            reader.close();
        } catch (BoundedXml.TooLongException e) {
            opened.found("inspection-memory", "XML with a piece that is too long");
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof BoundedXml.TooLongException) {
                opened.found("inspection-memory", "XML with a piece that is too long");
            } else if (e.getNestedException() instanceof IOException failed) {
                throw failed;
            } else {
                opened.found("malformed", "XML inside");
            }
        }
    }

    /** Reads to the end. @return whether the parser had to remember no more than documents need */
    private static boolean read(XMLStreamReader reader, Opened opened, Events events)
            throws XMLStreamException, IOException {
        Set<String> names = new HashSet<>();
        int depth = 0;
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
                names.add(reader.getLocalName());
                for (int i = 0; i < reader.getAttributeCount(); i++) {
                    names.add(reader.getAttributeLocalName(i));
                }
                for (int i = 0; i < reader.getNamespaceCount(); i++) {
                    names.add(String.valueOf(reader.getNamespacePrefix(i)));
                }
                opened.tick();
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
            if (depth > DEEPEST || names.size() > MOST_NAMES) {
                return false;
            }
            events.take(reader);
        }
        return true;
    }

    private static XMLInputFactory xml() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    @FunctionalInterface
    private interface Events {
        void take(XMLStreamReader reader) throws XMLStreamException;
    }
}
