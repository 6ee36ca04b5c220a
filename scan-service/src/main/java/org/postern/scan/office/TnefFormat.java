package org.postern.scan.office;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.poi.hmef.Attachment;
import org.apache.poi.hmef.HMEFMessage;
import org.postern.scan.inspection.Content;
import org.postern.scan.inspection.FormatReader;
import org.postern.scan.inspection.Label;
import org.postern.scan.inspection.Opened;

/** winmail.dat: what Outlook makes of attachments for those who do not use it (MS-OXTNEF). */
public final class TnefFormat implements FormatReader {
    @Override
    public boolean reads(String mediaType, Label label) {
        return mediaType.equals("application/vnd.ms-tnef") || mediaType.equals("application/ms-tnef");
    }

    @Override
    public void read(Content content, Opened opened) throws IOException {
        if (content.size() > opened.limits().held()) {
            opened.found("inspection-memory", "winmail.dat");
            return;
        }
        try (InputStream bytes = content.open()) {
            for (Attachment attachment : new HMEFMessage(bytes).getAttachments()) {
                String name = attachment.getLongFilename();
                opened.entry(
                        Label.named(name == null ? attachment.getFilename() : name),
                        new ByteArrayInputStream(attachment.getContents()),
                        Opened.UNKNOWN);
            }
        }
    }
}
