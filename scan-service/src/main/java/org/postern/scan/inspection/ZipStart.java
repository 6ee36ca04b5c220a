package org.postern.scan.inspection;

/** Whether a file begins as a ZIP, which everybody opens as one, the engine too. What is cut into volumes has a mark before that. */
final class ZipStart {
    private static final int MARK = 4;

    private ZipStart() {}

    static boolean isIn(byte[] head) {
        boolean volume = head.length > MARK
                && head[0] == 'P'
                && head[1] == 'K'
                && ((head[2] == 7 && head[3] == 8) || (head[2] == '0' && head[3] == '0'));
        return isEntry(head, 0) || (volume && isEntry(head, MARK));
    }

    private static boolean isEntry(byte[] head, int at) {
        return head.length >= at + 4
                && head[at] == 'P'
                && head[at + 1] == 'K'
                && head[at + 2] == 3
                && head[at + 3] == 4;
    }
}
