package org.postern.render.kept;

class RememberedRenditionsTest implements RenditionCacheContract {
    private final RememberedRenditions renditions = new RememberedRenditions();

    @Override
    public RenditionCache cache() {
        return renditions;
    }

    @Override
    public RenditionCache otherReplica() {
        return renditions;
    }
}
