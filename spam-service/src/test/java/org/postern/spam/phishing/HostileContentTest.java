package org.postern.spam.phishing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.events.mail.Finding;
import org.postern.spam.phishing.check.Circumstances;
import org.postern.spam.phishing.tables.TableFiles;

/** What is small in a mail and large in memory, or stands behind so much else that it is not looked at. */
class HostileContentTest {
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final PhishingAnalysis ANALYSIS = new PhishingAnalysis(TableFiles.bundled(), new Wording());
    private static final String HTML = "From: a@b.example\r\nContent-Type: text/html\r\n\r\n";
    private static final int BOMB = 200 * 1024 * 1024;

    @Test
    void a_second_sender_behind_five_hundred_fields_is_seen_and_the_rest_told_as_not_looked_at() throws IOException {
        PhishingAnalysis.Report report = look("From: a@b.example\r\n" + "X-A: 1\r\n".repeat(500)
                + "Reply-To: e@f.example\r\nSubject: x\r\nSubject: y\r\nFrom: c@d.example\r\n\r\nx");

        assertThat(report.unchecked()).contains("header");
        assertThat(report.findings().stream().map(Finding::code)).contains("malformed", "reply-to-elsewhere");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/Type/XObject/Subtype/Image/Width 300/Height 300/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/FlateDecode",
                "/Type/ObjStm/N 1/First 4/Filter/FlateDecode"
            })
    void a_pdf_that_inflates_without_an_end_is_told_and_takes_no_room(String dictionary) throws IOException {
        byte[] pdf = pdf(dictionary, bomb());

        long before = CPU.getCurrentThreadCpuTime();
        assertThat(look(mail("application/pdf", pdf)).unchecked()).containsExactly("pdf");
        assertThat(Duration.ofNanos(CPU.getCurrentThreadCpuTime() - before)).isLessThan(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/Filter[/FlateDecode/FlateDecode]",
                "/Filter/LZWDecode",
                "/F#69lter/#4cZWDecode",
                "/Filter 7 0 R",
                "/Filter[/ASCIIHexDecode /FlateDecode]"
            })
    void a_pdf_whose_filters_multiply_is_told(String filter) throws IOException {
        assertThat(look(mail("application/pdf", pdf(filter, new byte[9]))).unchecked())
                .containsExactly("pdf");
    }

    @Test
    void more_links_than_are_taken_from_a_pdf_are_told() throws IOException {
        assertThat(look(mail("application/pdf", linked(200))).unchecked()).isEmpty();
        assertThat(look(mail("application/pdf", linked(201))).unchecked()).containsExactly("pdf");
    }

    @Test
    void senders_behind_more_mailboxes_than_are_taken_are_told() throws IOException {
        String many = "From: " + "a@b.example, ".repeat(60) + "c@d.example\r\nSubject: x\r\n\r\nx";

        assertThat(look(many).unchecked()).containsExactly("header");
    }

    @Test
    void a_jpeg_of_a_thousand_scans_is_not_decoded() throws IOException {
        assertThat(look(mail("image/jpeg", scans(1_000))).unchecked()).containsExactly("qr-codes");
    }

    @Test
    void a_picture_of_nothing_but_corners_of_codes_is_left() throws IOException {
        assertThat(look(mail("image/png", corners())).unchecked()).containsExactly("qr-codes");
    }

    @Test
    void text_links_and_pictures_beyond_the_limits_of_a_page_are_told() throws IOException {
        String picture = "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>";
        for (String page : List.of(
                "word ".repeat(100_000) + "<p>your password",
                "<!--" + "x".repeat(3_000_000) + "--><a href=http://x.example>x</a>",
                "<a href=http://x.example>x</a>".repeat(2_001),
                "<meta http-equiv=refresh content='0;url=http://x.example'>".repeat(2_001),
                picture.repeat(9))) {
            assertThat(look(HTML + page).unchecked()).contains("text");
        }
    }

    @Test
    void anchors_inside_of_anchors_are_read_in_bounded_time() throws IOException {
        String page = "<a href=http://x.example><table><tr><td>".repeat(200) + "word ".repeat(300_000);

        assertThat(look(HTML + page).unchecked()).contains("text");
    }

    private static PhishingAnalysis.Report look(String mail) throws IOException {
        return ANALYSIS.look(ANALYSIS.read(new ByteArrayInputStream(mail.getBytes(US_ASCII))), Circumstances.unknown());
    }

    private static String mail(String type, byte[] file) {
        return "From: a@b.example\r\nContent-Type: " + type + "\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(file);
    }

    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        byte[] zeros = new byte[1024 * 1024];
        try (DeflaterOutputStream out = new DeflaterOutputStream(deflated, new Deflater(Deflater.BEST_SPEED))) {
            for (int size = 0; size < BOMB; size += zeros.length) {
                out.write(zeros);
            }
        }
        return deflated.toByteArray();
    }

    private static byte[] pdf(String dictionary, byte[] stream) throws IOException {
        ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        String before = """
                %%PDF-1.5
                1 0 obj
                <</Type/Catalog/Pages 2 0 R>>
                endobj
                2 0 obj
                <</Type/Pages/Kids[3 0 R]/Count 1>>
                endobj
                3 0 obj
                <</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</XObject<</I 4 0 R>>>>>>
                endobj
                4 0 obj
                <<%s/Length %d>>
                stream
                """.formatted(dictionary, stream.length);
        pdf.writeBytes(before.getBytes(US_ASCII));
        pdf.writeBytes(stream);
        pdf.writeBytes("\nendstream\nendobj\ntrailer\n<</Root 1 0 R>>\n".getBytes(US_ASCII));
        return pdf.toByteArray();
    }

    private static byte[] linked(int links) throws IOException {
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage();
            document.addPage(page);
            List<PDAnnotation> annotations = new ArrayList<>();
            for (int i = 0; i < links; i++) {
                PDActionURI action = new PDActionURI();
                action.setURI("https://x" + i + ".example/");
                PDAnnotationLink link = new PDAnnotationLink();
                link.setAction(action);
                annotations.add(link);
            }
            page.setAnnotations(annotations);
            ByteArrayOutputStream pdf = new ByteArrayOutputStream();
            document.save(pdf);
            return pdf.toByteArray();
        }
    }

    /** A progressive JPEG whose last scan comes again and again. */
    private static byte[] scans(int more) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(written)) {
            writer.setOutput(out);
            writer.write(
                    null, new IIOImage(new BufferedImage(800, 800, BufferedImage.TYPE_BYTE_GRAY), null, null), param);
        }
        byte[] jpeg = written.toByteArray();
        int last = jpeg.length - 2;
        while ((jpeg[last] & 0xff) != 0xff || (jpeg[last + 1] & 0xff) != 0xda) {
            last--;
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(jpeg, 0, jpeg.length - 2);
        for (int i = 0; i < more; i++) {
            file.writeBytes(Arrays.copyOfRange(jpeg, last, jpeg.length - 2));
        }
        file.write(jpeg, jpeg.length - 2, 2);
        return file.toByteArray();
    }

    private static byte[] corners() throws IOException {
        BufferedImage image = new BufferedImage(1_000, 1_000, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < 1_000; y++) {
            for (int x = 0; x < 1_000; x++) {
                int ring = Math.max(Math.abs(x % 32 / 2 - 4), Math.abs(y % 32 / 2 - 4));
                image.getRaster().setSample(x, y, 0, ring <= 1 || ring == 3 ? 0 : 255);
            }
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return png.toByteArray();
    }
}
