package dev.devca.ca;

import static dev.devca.ca.FaultyPath.unwrap;

import dev.devca.ca.FaultyFileSystem.Fault;
import dev.devca.ca.FaultyFileSystem.Operation;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Asks a {@link Fault}, then does what another provider does. */
final class FaultyProvider extends FileSystemProvider {
  private final FaultyFileSystem files;
  private final FileSystemProvider real;
  private final Fault fault;

  FaultyProvider(FaultyFileSystem files, FileSystemProvider real, Fault fault) {
    this.files = files;
    this.real = real;
    this.fault = fault;
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw new UnsupportedOperationException("no test opens it by its URI");
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return files;
  }

  @Override
  public Path getPath(URI uri) {
    throw new UnsupportedOperationException("no test opens it by its URI");
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    boolean creates =
        options.contains(StandardOpenOption.CREATE_NEW)
            || options.contains(StandardOpenOption.CREATE);
    boolean writes =
        options.contains(StandardOpenOption.WRITE) || options.contains(StandardOpenOption.APPEND);
    fault.before(
        creates ? Operation.CREATE : writes ? Operation.WRITE : Operation.READ, unwrap(path));
    return new FaultyChannel(
        real.newFileChannel(unwrap(path), options, attributes),
        () -> fault.before(Operation.WRITE, unwrap(path)));
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    fault.before(Operation.LIST, unwrap(folder));
    DirectoryStream<Path> stream =
        real.newDirectoryStream(unwrap(folder), path -> filter.accept(files.wrap(path)));
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        return StreamSupport.stream(stream.spliterator(), false).map(files::wrap).iterator();
      }

      @Override
      public void close() throws IOException {
        stream.close();
      }
    };
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
    fault.before(Operation.MAKE_FOLDER, unwrap(folder));
    real.createDirectory(unwrap(folder), attributes);
  }

  @Override
  public void delete(Path path) throws IOException {
    fault.before(Operation.DELETE, unwrap(path));
    real.delete(unwrap(path));
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    fault.before(Operation.CREATE, unwrap(target));
    real.copy(unwrap(source), unwrap(target), options);
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    fault.before(Operation.MOVE, unwrap(target));
    real.move(unwrap(source), unwrap(target), options);
  }

  @Override
  public boolean isSameFile(Path a, Path b) throws IOException {
    return real.isSameFile(unwrap(a), unwrap(b));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return real.isHidden(unwrap(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return real.getFileStore(unwrap(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    real.checkAccess(unwrap(path), modes);
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    V view = real.getFileAttributeView(unwrap(path), type, options);
    if (view == null) {
      return null;
    }
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getName().startsWith("set")) {
                fault.before(Operation.CHANGE_MODE, unwrap(path));
              }
              try {
                return method.invoke(view, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return real.readAttributes(unwrap(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
      throws IOException {
    return real.readAttributes(unwrap(path), names, options);
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options)
      throws IOException {
    fault.before(Operation.CHANGE_MODE, unwrap(path));
    real.setAttribute(unwrap(path), name, value, options);
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    return files.wrap(real.readSymbolicLink(unwrap(link)));
  }
}
