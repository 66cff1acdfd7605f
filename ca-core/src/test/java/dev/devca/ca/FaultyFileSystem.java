package dev.devca.ca;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Set;

/** A file system that fails where a test wants it to; all else is done by another. */
final class FaultyFileSystem extends FileSystem {

  /** What is about to be done. */
  enum Operation {
    READ(false),
    LIST(false),
    CREATE(true),
    WRITE(true),
    MAKE_FOLDER(true),
    MOVE(true),
    DELETE(true),
    CHANGE_MODE(true);

    final boolean changes;

    Operation(boolean changes) {
      this.changes = changes;
    }
  }

  /** Called before each operation; what it throws is thrown instead. */
  interface Fault {
    void before(Operation operation, Path path) throws IOException;
  }

  private final FileSystem real;
  private final FaultyProvider provider;

  FaultyFileSystem(FileSystem real, Fault fault) {
    this.real = real;
    this.provider = new FaultyProvider(this, real.provider(), fault);
  }

  Path wrap(Path path) {
    return new FaultyPath(this, path);
  }

  @Override
  public FileSystemProvider provider() {
    return provider;
  }

  @Override
  public void close() throws IOException {
    real.close();
  }

  @Override
  public boolean isOpen() {
    return real.isOpen();
  }

  @Override
  public boolean isReadOnly() {
    return real.isReadOnly();
  }

  @Override
  public String getSeparator() {
    return real.getSeparator();
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return List.of();
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return real.getFileStores();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return real.supportedFileAttributeViews();
  }

  @Override
  public Path getPath(String first, String... more) {
    return wrap(real.getPath(first, more));
  }

  @Override
  public PathMatcher getPathMatcher(String pattern) {
    PathMatcher matcher = real.getPathMatcher(pattern);
    return path -> matcher.matches(FaultyPath.unwrap(path));
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    return real.getUserPrincipalLookupService();
  }

  @Override
  public WatchService newWatchService() throws IOException {
    return real.newWatchService();
  }
}
