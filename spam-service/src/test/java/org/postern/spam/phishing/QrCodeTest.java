package org.postern.spam.phishing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.junit.jupiter.api.Test;
import org.postern.spam.phishing.check.Circumstances;
import org.postern.spam.phishing.tables.TableFiles;

class QrCodeTest {
    private static final PhishingAnalysis ANALYSIS = new PhishingAnalysis(TableFiles.bundled(), new Wording());
    private static final String LINK = "https://paypal-verify.example/login";

    @Test
    void a_code_in_an_image_is_a_link_like_any_other() throws Exception {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(code(), "png", png);
        assertThat(codes("image/png", png.toByteArray())).contains("qr-code-link", "link-look-alike");
    }

    @Test
    void a_code_in_a_pdf_is_found_too() throws Exception {
        ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage();
            document.addPage(page);
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                content.drawImage(LosslessFactory.createFromImage(document, code()), 100, 100);
            }
            document.save(pdf);
        }
        assertThat(codes("application/pdf", pdf.toByteArray())).contains("qr-code-link", "link-look-alike");
    }

    private static BufferedImage code() throws Exception {
        BitMatrix matrix = new QRCodeWriter().encode(LINK, BarcodeFormat.QR_CODE, 300, 300);
        BufferedImage image = new BufferedImage(300, 300, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 300; x++) {
            for (int y = 0; y < 300; y++) {
                image.setRGB(x, y, matrix.get(x, y) ? 0 : 0xffffff);
            }
        }
        return image;
    }

    private static List<String> codes(String type, byte[] file) throws Exception {
        String mail = "From: a@club.example\r\nTo: b@firm.example\r\nSubject: x\r\nContent-Type: " + type
                + "\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(file);
        return ANALYSIS
                .look(
                        ANALYSIS.read(new ByteArrayInputStream(mail.getBytes(StandardCharsets.US_ASCII))),
                        Circumstances.unknown())
                .findings()
                .stream()
                .map(finding -> finding.code())
                .toList();
    }
}
