package dev.devca.ca.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A new content for a file, written beside it and renamed over it: a reader sees the old content or
 * the new, never a part. Close discards what was not published. Used by one thread.
 */
public final class AtomicFile implements AutoCloseable {
  private static final int NAME_ATTEMPTS = 100;
  // The limit of Linux itself, path_resolution(7).
  private static final int LINK_LIMIT = 40;

  private final Path target;
  private final Path temporary;
  private final Optional<Path> room;
  // Open from its creation on: to open it again takes as long as to write it.
  private final SeekableByteChannel channel;
  private boolean published;

  private AtomicFile(
      Path target, Path temporary, Optional<Path> room, SeekableByteChannel channel) {
    this.target = target;
    this.temporary = temporary;
    this.room = room;
    this.channel = channel;
  }

  /**
   * Writes the content beside the target, with its final mode. The target is not touched.
   *
   * @param target the file to be; a link of that name would be replaced, not followed
   * @param content all of its bytes
   * @param mode who may read it
   * @return the content, to be published
   * @throws IOException if the folder is missing or the content cannot be written
   */
  public static AtomicFile prepare(Path target, byte[] content, FileMode mode) throws IOException {
    LeftOvers.sweep(folder(target));
    return prepareOneOfMany(target, content, mode);
  }

  /**
   * As {@link #prepare}, without a look at what killed processes left in the folder: for one of
   * thousands of files there, of which each would have all the others listed.
   *
   * @param target the file to be; a link of that name would be replaced, not followed
   * @param content all of its bytes
   * @param mode who may read it
   * @return the content, to be published
   * @throws IOException if the folder is missing or the content cannot be written
   */
  public static AtomicFile prepareOneOfMany(Path target, byte[] content, FileMode mode)
      throws IOException {
    AtomicFile file = create(target, mode);
    try {
      file.narrow(mode);
      file.write(content);
      mode.applyToFile(file.temporary);
      return file;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Replaces a file that others own too: its link, owner and mode stay, and its group where this
   * process may set it or the mode gives it no more than everyone.
   *
   * @param file the file; links are followed
   * @param content all of its new bytes
   * @param modeIfNew who may read it if there is none yet
   * @throws IOException if it cannot be written, or its owner cannot be kept; it is as it was
   */
  public static void replaceKeeping(Path file, byte[] content, FileMode modeIfNew)
      throws IOException {
    try (AtomicFile next = prepareKeeping(behindLinks(file), content, modeIfNew)) {
      next.publish();
    }
  }

  /** The content of {@link #replaceKeeping}, on the disk and not yet in place. */
  static AtomicFile prepareKeeping(Path real, byte[] content, FileMode modeIfNew)
      throws IOException {
    boolean isNew = !Files.exists(real, LinkOption.NOFOLLOW_LINKS);
    LeftOvers.sweep(folder(real));
    AtomicFile next = create(real, modeIfNew);
    try {
      if (isNew) {
        next.narrow(modeIfNew);
      } else {
        next.copyAccessList(real);
      }
      next.write(content);
      // Before the mode, which may forbid even its owner to open the file for writing.
      next.force();
      if (isNew) {
        modeIfNew.applyToFile(next.temporary);
      } else {
        next.copyOwnerAndMode(real);
      }
      return next;
    } catch (IOException | RuntimeException e) {
      next.close();
      throw e;
    }
  }

  /**
   * The file that a path leads to, also where the last of its links leads to a file that is not
   * there.
   *
   * @param file a path, which may be a link
   * @return a path that is no link
   * @throws IOException if the links go round in a circle or cannot be read
   */
  public static Path behindLinks(Path file) throws IOException {
    Path path = file;
    for (int i = 0; i < LINK_LIMIT; i++) {
      try {
        return path.toRealPath();
      } catch (NoSuchFileException e) {
        if (!Files.isSymbolicLink(path)) {
          return path;
        }
        path = path.resolveSibling(Files.readSymbolicLink(path));
      }
    }
    throw new IOException("too many levels of links");
  }

  private static Path folder(Path target) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null || target.getFileName() == null) {
      throw new IOException("it is no file");
    }
    return folder;
  }

  /** An empty file beside the target that only its owner may read. */
  private static AtomicFile create(Path target, FileMode mode) throws IOException {
    Path folder = folder(target);
    FileAlreadyExistsException taken = null;
    for (int i = 0; i < NAME_ATTEMPTS; i++) {
      Path temporary = LeftOvers.newName(folder);
      try {
        return mode == FileMode.OWNER_ONLY && !hasModes(folder)
            ? inRoom(target, temporary)
            : beside(target, temporary, mode);
      } catch (FileAlreadyExistsException e) {
        taken = e;
      }
    }
    throw new IOException("no temporary name is free in its folder", taken);
  }

  private static boolean hasModes(Path folder) {
    return Files.getFileAttributeView(folder, PosixFileAttributeView.class) != null;
  }

  private static AtomicFile beside(Path target, Path temporary, FileMode mode) throws IOException {
    return new AtomicFile(
        target, temporary, Optional.empty(), opened(temporary, mode.atCreation(temporary)));
  }

  private static SeekableByteChannel opened(Path file, FileAttribute<?>... attributes)
      throws IOException {
    return Files.newByteChannel(
        file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes);
  }

  /**
   * Where no mode can be given at creation, who opens the file before it is narrowed could read on:
   * so it is made in a folder that is narrow and hands that down.
   */
  private static AtomicFile inRoom(Path target, Path room) throws IOException {
    FileMode.OWNER_ONLY.createDirectory(room);
    Path temporary = room.resolve("new");
    try {
      return new AtomicFile(target, temporary, Optional.of(room), opened(temporary));
    } catch (IOException e) {
      Files.deleteIfExists(room);
      throw e;
    }
  }

  private void write(byte[] content) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(content);
    try (channel) {
      while (left.hasRemaining()) {
        channel.write(left);
      }
    }
  }

  /** Where no mode could be given at creation: narrows the empty file before anything is in it. */
  private void narrow(FileMode mode) throws IOException {
    if (mode == FileMode.OWNER_ONLY
        && Files.getFileAttributeView(temporary, PosixFileAttributeView.class) == null) {
      mode.applyToFile(temporary);
    }
  }

  /** On Windows, where a file's access list is what owner and mode are elsewhere. */
  private void copyAccessList(Path from) throws IOException {
    AclFileAttributeView old = Files.getFileAttributeView(from, AclFileAttributeView.class);
    AclFileAttributeView next = Files.getFileAttributeView(temporary, AclFileAttributeView.class);
    if (old != null && next != null) {
      next.setAcl(old.getAcl());
    }
  }

  private void copyOwnerAndMode(Path from) throws IOException {
    PosixFileAttributeView old = Files.getFileAttributeView(from, PosixFileAttributeView.class);
    PosixFileAttributeView next =
        Files.getFileAttributeView(temporary, PosixFileAttributeView.class);
    if (old == null || next == null) {
      return;
    }
    PosixFileAttributes wanted = old.readAttributes();
    PosixFileAttributes have = next.readAttributes();
    if (!wanted.owner().equals(have.owner())) {
      next.setOwner(wanted.owner());
    }
    if (!wanted.group().equals(have.group())) {
      keepGroup(next, wanted);
    }
    next.setPermissions(wanted.permissions());
  }

  /** A user may not give a file to a group of others; that matters where the group may do more. */
  private static void keepGroup(PosixFileAttributeView next, PosixFileAttributes wanted)
      throws IOException {
    try {
      next.setGroup(wanted.group());
    } catch (IOException e) {
      String mode = PosixFilePermissions.toString(wanted.permissions());
      if (!mode.substring(3, 6).equals(mode.substring(6))) {
        throw new IOException("its group " + wanted.group().getName() + " cannot be kept", e);
      }
    }
  }

  /**
   * The file to be.
   *
   * @return the path that was given
   */
  public Path target() {
    return target;
  }

  /**
   * Gives the content, not yet in place, another mode and group than it was prepared with.
   *
   * @param access who may read it
   * @throws IOException if the file system keeps none, or the group cannot be given
   */
  public void give(FileAccess access) throws IOException {
    access.applyTo(temporary);
  }

  /**
   * Gives the content, not yet in place, the owner, group and mode of the target, or its access
   * list, as {@link #replaceKeeping} does.
   *
   * @throws IOException if there is no target, or its owner cannot be kept
   */
  public void keepAccess() throws IOException {
    copyAccessList(target);
    copyOwnerAndMode(target);
  }

  /**
   * Waits until the content is on the disk, for files whose loss would hurt.
   *
   * @throws IOException if the disk does not take it
   */
  public void force() throws IOException {
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /**
   * Puts the content in the target's place, in one step.
   *
   * @throws IOException if it cannot; the target is as it was
   */
  public void publish() throws IOException {
    Files.move(
        temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    published = true;
  }

  /**
   * Puts the content in the target's place if nothing is there.
   *
   * @throws FileAlreadyExistsException if there is something; it is as it was
   * @throws IOException if it cannot
   */
  void publishNew() throws IOException {
    try {
      // The one call that looks and puts in one step; close takes the temporary name away.
      Files.createLink(target, temporary);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException | UnsupportedOperationException e) {
      publish();
    }
  }

  /** Discards the content if it was not published, and what was made to write it. */
  @Override
  public void close() throws IOException {
    channel.close();
    if (!published) {
      Files.deleteIfExists(temporary);
    }
    if (room.isPresent()) {
      Files.deleteIfExists(room.get());
    }
  }
}
