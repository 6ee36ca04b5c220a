package org.postern.render.imageio;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** Writes the frames of an animated GIF anew, with their places and times and nothing else. */
final class GifFrames {
    private static final String FRAME = "javax_imageio_gif_image_1.0";
    private static final String STREAM = "javax_imageio_gif_stream_1.0";

    private GifFrames() {}

    /** @param mostPixels of all frames together; those beyond are left out, as are those beyond {@code mostFrames} */
    static byte[] anew(ImageReader reader, int mostFrames, long mostPixels) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.prepareWriteSequence(screen(reader, writer));
            long pixels = 0;
            for (int i = 0; i < mostFrames && hasFrame(reader, i); i++) {
                pixels += (long) reader.getWidth(i) * reader.getHeight(i);
                if (pixels > mostPixels) {
                    break;
                }
                BufferedImage frame = reader.read(i);
                IIOMetadata metadata =
                        writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(frame), null);
                copy(reader.getImageMetadata(i), metadata, i == 0);
                writer.writeToSequence(new IIOImage(frame, null, metadata), null);
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    private static boolean hasFrame(ImageReader reader, int index) {
        try {
            return reader.getWidth(index) > 0;
        } catch (IOException | IndexOutOfBoundsException e) {
            return false;
        }
    }

    /** The size of the whole picture; frames may be smaller. */
    private static IIOMetadata screen(ImageReader reader, ImageWriter writer) throws IOException {
        IIOMetadata screen = writer.getDefaultStreamMetadata(null);
        Node old = child(reader.getStreamMetadata().getAsTree(STREAM), "LogicalScreenDescriptor");
        IIOMetadataNode root = (IIOMetadataNode) screen.getAsTree(STREAM);
        Node own = child(root, "LogicalScreenDescriptor");
        if (old != null && own instanceof IIOMetadataNode descriptor) {
            for (String name : new String[] {"logicalScreenWidth", "logicalScreenHeight"}) {
                descriptor.setAttribute(name, ((IIOMetadataNode) old).getAttribute(name));
            }
            screen.setFromTree(STREAM, root);
        }
        return screen;
    }

    private static void copy(IIOMetadata from, IIOMetadata to, boolean first) throws IOException {
        Node old = from.getAsTree(FRAME);
        IIOMetadataNode root = (IIOMetadataNode) to.getAsTree(FRAME);
        for (String name : new String[] {"ImageDescriptor", "GraphicControlExtension"}) {
            Node theirs = child(old, name);
            Node ours = child(root, name);
            if (theirs instanceof IIOMetadataNode there && ours instanceof IIOMetadataNode here) {
                for (int i = 0; i < there.getAttributes().getLength(); i++) {
                    Node attribute = there.getAttributes().item(i);
                    here.setAttribute(attribute.getNodeName(), attribute.getNodeValue());
                }
            }
        }
        if (first) {
            // For ever: how often the original wanted it is of no use to anybody.
            IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
            IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
            loop.setAttribute("applicationID", "NETSCAPE");
            loop.setAttribute("authenticationCode", "2.0");
            loop.setUserObject(new byte[] {1, 0, 0});
            extensions.appendChild(loop);
            root.appendChild(extensions);
        }
        to.setFromTree(FRAME, root);
    }

    private static @Nullable Node child(Node parent, String name) {
        NodeList children = parent.getChildNodes();
        for (int i = 0; i < children.getLength(); i++) {
            if (children.item(i).getNodeName().equals(name)) {
                return children.item(i);
            }
        }
        return null;
    }
}
