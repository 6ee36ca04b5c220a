package org.postern.store.filesystem;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.postern.events.MalformedValueException;
import org.postern.events.ObjectId;
import org.postern.events.Tenant;
import org.postern.store.StoreUnavailableException;

/** The files of a store: tenant, shard, file. */
final class StoreFolders {
    static final Predicate<String> KEY = name -> name.endsWith(".key");
    static final Predicate<String> ANY_BUT_KEY = name -> !name.endsWith(".key");

    private StoreFolders() {}

    /** A file of the store. */
    record Found(Path path, Tenant tenant, ObjectId id, Instant writtenAt) {}

    /** Looks at files. */
    @FunctionalInterface
    interface Visitor {
        void found(Found file) throws IOException;
    }

    /** Folder by folder, and not by a walk, which fails on a file that is erased before it gets there. */
    static void visit(Path root, Predicate<String> names, Visitor visitor) throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (DirectoryStream<Path> tenants = Files.newDirectoryStream(root, Files::isDirectory)) {
            for (Path tenant : tenants) {
                visitTenant(tenant, names, visitor);
            }
        } catch (DirectoryIteratorException e) {
            throw new StoreUnavailableException("the folders of the store cannot be read", e);
        }
    }

    private static void visitTenant(Path tenant, Predicate<String> names, Visitor visitor) throws IOException {
        try (DirectoryStream<Path> shards = Files.newDirectoryStream(tenant, Files::isDirectory)) {
            for (Path shard : shards) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(
                        shard, path -> names.test(path.getFileName().toString()))) {
                    for (Path path : files) {
                        Optional<Found> file = found(path, tenant.getFileName().toString());
                        if (file.isPresent()) {
                            visitor.found(file.get());
                        }
                    }
                }
            }
        }
    }

    /** Nothing where it is gone, or not one of ours. */
    private static Optional<Found> found(Path path, String tenant) throws IOException {
        String name = path.getFileName().toString();
        int dot = name.indexOf('.');
        try {
            return Optional.of(new Found(
                    path,
                    Tenant.of(tenant),
                    ObjectId.of(dot < 0 ? name : name.substring(0, dot)),
                    Files.getLastModifiedTime(path).toInstant()));
        } catch (NoSuchFileException | MalformedValueException e) {
            return Optional.empty();
        }
    }
}
