package org.postern.render.browser;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * How much two pictures look alike: the mean structural similarity (SSIM; Wang, Bovik, Sheikh and Simoncelli, 2004) of
 * their brightness, over square windows of equal weight. 1 is the same picture; around 0 they have nothing in common.
 */
final class StructuralSimilarity {
    private static final int WINDOW = 8;
    private static final int STEP = 4;
    private static final double C1 = Math.pow(0.01 * 255, 2);
    private static final double C2 = Math.pow(0.03 * 255, 2);

    private StructuralSimilarity() {}

    /** Where one picture is smaller, white stands beside it: what is missing there counts. */
    static double of(BufferedImage one, BufferedImage other) {
        int width = Math.max(Math.max(one.getWidth(), other.getWidth()), WINDOW);
        int height = Math.max(Math.max(one.getHeight(), other.getHeight()), WINDOW);
        double[] a = brightness(one, width, height);
        double[] b = brightness(other, width, height);
        double sum = 0;
        int windows = 0;
        for (int y = 0; y + WINDOW <= height; y += STEP) {
            for (int x = 0; x + WINDOW <= width; x += STEP) {
                sum += window(a, b, y * width + x, width);
                windows++;
            }
        }
        return sum / windows;
    }

    private static double window(double[] a, double[] b, int start, int width) {
        double sumA = 0;
        double sumB = 0;
        double squaresA = 0;
        double squaresB = 0;
        double products = 0;
        for (int y = 0; y < WINDOW; y++) {
            for (int i = start + y * width; i < start + y * width + WINDOW; i++) {
                sumA += a[i];
                sumB += b[i];
                squaresA += a[i] * a[i];
                squaresB += b[i] * b[i];
                products += a[i] * b[i];
            }
        }
        double pixels = WINDOW * WINDOW;
        double meanA = sumA / pixels;
        double meanB = sumB / pixels;
        double varianceA = squaresA / pixels - meanA * meanA;
        double varianceB = squaresB / pixels - meanB * meanB;
        double covariance = products / pixels - meanA * meanB;
        return (2 * meanA * meanB + C1)
                * (2 * covariance + C2)
                / ((meanA * meanA + meanB * meanB + C1) * (varianceA + varianceB + C2));
    }

    /** ITU-R BT.601, rows one after another. */
    private static double[] brightness(BufferedImage picture, int width, int height) {
        double[] brightness = new double[width * height];
        Arrays.fill(brightness, 255);
        int[] row = new int[picture.getWidth()];
        for (int y = 0; y < picture.getHeight(); y++) {
            picture.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int x = 0; x < row.length; x++) {
                int rgb = row[x];
                brightness[y * width + x] =
                        0.299 * ((rgb >> 16) & 0xff) + 0.587 * ((rgb >> 8) & 0xff) + 0.114 * (rgb & 0xff);
            }
        }
        return brightness;
    }
}
