package org.postern.scan.postgres;

import org.postern.scan.recall.ScanMemory;
import org.postern.scan.recall.ScanMemoryContract;

class JdbcScanMemoryIT implements ScanMemoryContract {
    private final ScanMemory memory = new JdbcScanMemory(RecallDatabase.empty());

    @Override
    public ScanMemory memory() {
        return memory;
    }
}
