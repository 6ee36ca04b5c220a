package org.postern.spam.analysis;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.postern.spam.Body;

/** A body whose reader has somebody read along. */
final class SharedBody implements Body {
    private final Body body;
    private final BytePipe pipe;

    SharedBody(Body body, BytePipe pipe) {
        this.body = body;
        this.pipe = pipe;
    }

    @Override
    public InputStream open() throws IOException {
        return new Shared(body.open());
    }

    @Override
    public long size() {
        return body.size();
    }

    private final class Shared extends FilterInputStream {
        Shared(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                int count = super.read(into, offset, length);
                if (count > 0) {
                    pipe.write(into, offset, count);
                } else if (count < 0) {
                    pipe.end();
                }
                return count;
            } catch (InterruptedException e) {
                pipe.breakOff();
                Thread.currentThread().interrupt();
                throw new IOException("the assessment was stopped", e);
            } catch (IOException | RuntimeException e) {
                pipe.breakOff();
                throw e;
            }
        }

        @Override
        public long skip(long count) {
            throw new UnsupportedOperationException("every byte is assessed");
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
