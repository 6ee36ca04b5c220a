package org.postern.scan.office;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.poifs.macros.VBAMacroReader;
import org.postern.scan.inspection.Opened;

/** What the macros of a document do: whether they run by themselves, and reach out of it. */
final class MacroText {
    private static final Pattern AUTOMATIC = Pattern.compile(
            "\\b(auto_?(open|close|exec|exit|new)|document_(open|close|new)|workbook_(open|activate|beforeclose)"
                    + "|app_workbookopen|presentation_open|slideshowbegin)\\b");
    private static final Pattern REACHING = Pattern.compile(
            "\\b(shell|createobject|wscript|powershell|urldownloadtofile|winhttp|xmlhttp|environ|callbyname|declare\\s+(ptrsafe\\s+)?(function|sub))\\b");

    private MacroText() {}

    static void look(POIFSFileSystem storage, Opened opened) {
        opened.found("macro", "a VBA project");
        try {
            // Not closed: it would close the storage, which is ours.
            VBAMacroReader reader = new VBAMacroReader(storage);
            boolean automatic = false;
            boolean reaching = false;
            for (Map.Entry<String, String> module : reader.readMacros().entrySet()) {
                String code = module.getValue().toLowerCase(Locale.ROOT);
                automatic |= AUTOMATIC.matcher(code).find();
                reaching |= REACHING.matcher(code).find();
            }
            if (automatic) {
                opened.found("macro-runs-itself", reaching ? "and reaches out of the document" : null);
            }
        } catch (IOException | RuntimeException e) {
            // That there are macros is told; a project whose text cannot be had is no better for it.
            opened.found("macro-unreadable", null);
        }
    }
}
