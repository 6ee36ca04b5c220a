package org.postern.store.filesystem;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postern.store.CacheEntry;
import org.postern.store.CacheName;
import org.postern.store.CacheSpace;
import org.postern.store.ObjectCorruptException;
import org.postern.store.SharedCache;
import org.postern.store.StoreException;
import org.postern.store.StoreKey;
import org.postern.store.StoreUnavailableException;
import org.postern.store.sealing.CacheSealing;

/**
 * A file each, {@code <root>/<folder of the space>/<first two digits>/<name>}: no tenant's folder, so that nobody takes them for objects.
 * Written beside its place and renamed, and not forced to the disk: what a crash takes is made again.
 */
public final class FilesystemCache implements SharedCache {
    private static final String UNFINISHED = ".part";
    private static final int SHARD_DIGITS = 2;
    private static final FileAttribute<?> FILE_OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> FOLDER_OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path folder;
    private final CacheSealing sealing;

    /**
     * @param root the folder of the store
     * @param space what is cached
     * @param key the installation's key
     */
    public FilesystemCache(Path root, CacheSpace space, StoreKey key) {
        this.folder = root.resolve(space.folder());
        this.sealing = new CacheSealing(key);
    }

    @Override
    public Optional<byte[]> find(CacheName name) throws StoreException {
        try {
            return Optional.of(sealing.open(name, Files.readAllBytes(file(name))));
        } catch (NoSuchFileException | ObjectCorruptException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StoreUnavailableException("the cache cannot be read", e);
        }
    }

    @Override
    public void keep(CacheName name, byte[] bytes) throws StoreException {
        Path file = file(name);
        try {
            Files.createDirectories(file.getParent(), FOLDER_OWNER_ONLY);
            Path unfinished = Files.createTempFile(file.getParent(), "", UNFINISHED, FILE_OWNER_ONLY);
            try {
                Files.write(unfinished, sealing.seal(name, bytes));
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw new StoreUnavailableException("the cache cannot be written", e);
        }
    }

    @Override
    public long trim(Instant before, long most) throws StoreException {
        try {
            List<CacheEntry> all = entries();
            long left = all.stream().mapToLong(CacheEntry::size).sum();
            for (CacheEntry entry : CacheEntry.surplus(all, before, most)) {
                Files.deleteIfExists(folder.resolve(entry.place()));
                left -= entry.size();
            }
            return left;
        } catch (IOException | DirectoryIteratorException e) {
            throw new StoreUnavailableException("the cache cannot be trimmed", e);
        }
    }

    private List<CacheEntry> entries() throws IOException {
        List<CacheEntry> all = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return all;
        }
        try (DirectoryStream<Path> shards = Files.newDirectoryStream(folder, Files::isDirectory)) {
            for (Path shard : shards) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(shard)) {
                    for (Path file : files) {
                        entry(file).ifPresent(all::add);
                    }
                }
            }
        }
        return all;
    }

    /** Nothing where another has taken it away meanwhile. What a crash left unfinished grows old like the rest. */
    private Optional<CacheEntry> entry(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new CacheEntry(
                    folder.relativize(file).toString(),
                    attributes.lastModifiedTime().toInstant(),
                    attributes.size()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Path file(CacheName name) {
        return folder.resolve(name.hex().substring(0, SHARD_DIGITS)).resolve(name.hex());
    }
}
