package org.postern.scan.recall;

class InMemoryScanMemoryTest implements ScanMemoryContract {
    private final ScanMemory memory = new InMemoryScanMemory();

    @Override
    public ScanMemory memory() {
        return memory;
    }
}
