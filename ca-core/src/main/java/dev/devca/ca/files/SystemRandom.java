package dev.devca.ca.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.bouncycastle.crypto.CryptoServicesRegistrar;
import org.jspecify.annotations.Nullable;

/**
 * Random numbers from the operating system, without the look-up of a provider, which costs more
 * than a signature.
 */
public final class SystemRandom {
  // random(4): what a key needs; unlike /dev/random it never waits on an older Linux.
  private static final Path SOURCE = Path.of("/dev/urandom");

  private SystemRandom() {}

  /**
   * A source of random numbers for keys.
   *
   * @return the kernel's own where it is a device, else the JDK's
   */
  public static SecureRandom open() {
    // On Windows it is a file of the current drive, which anybody might have put there.
    return SOURCE.isAbsolute() && !Files.isRegularFile(SOURCE) && Files.isReadable(SOURCE)
        ? new Direct()
        : new SecureRandom();
  }

  /**
   * Has Bouncy Castle blind its computations with these random numbers in the whole process: for a
   * program's own main alone, never for a library.
   *
   * @param random the source
   */
  public static void useInThisProcess(SecureRandom random) {
    CryptoServicesRegistrar.setSecureRandom(random);
  }

  /** Takes no lock, unlike its superclass for a source that no provider names. */
  private static final class Direct extends SecureRandom {
    private static final long serialVersionUID = 1;

    private final transient Kernel kernel;

    Direct() {
      this(new Kernel());
    }

    private Direct(Kernel kernel) {
      super(kernel, null);
      this.kernel = kernel;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      kernel.engineNextBytes(bytes);
    }
  }

  private static final class Kernel extends SecureRandomSpi {
    private static final long serialVersionUID = 1;

    // To open the source takes longer than a name to be read: a few leaves share what is read.
    private static final int STOCK = 1024;
    // Long enough for leaves issued one after another; a snapshot of this process that is started
    // twice later on must not give both the same numbers.
    private static final long FRESH_NANOS = 100_000_000;

    /** Numbers that were read at a time, from {@code used} on not yet given away. */
    private static final class Stock {
      final byte[] bytes = new byte[STOCK];
      final long read = System.nanoTime();
      int used;

      boolean has(int count) {
        return bytes.length - used >= count && System.nanoTime() - read <= FRESH_NANOS;
      }
    }

    // One thread has the stock or none: who finds none reads its own.
    private final transient AtomicReference<@Nullable Stock> spare = new AtomicReference<>();

    @Override
    protected void engineSetSeed(byte[] seed) {
      // The kernel needs none.
    }

    @Override
    protected void engineNextBytes(byte[] bytes) {
      if (bytes.length > STOCK) {
        read(bytes);
        return;
      }
      Stock stock = spare.getAndSet(null);
      if (stock == null || !stock.has(bytes.length)) {
        stock = new Stock();
        read(stock.bytes);
      }
      int from = stock.used;
      stock.used += bytes.length;
      System.arraycopy(stock.bytes, from, bytes, 0, bytes.length);
      // What was a key is not to lie here too.
      Arrays.fill(stock.bytes, from, stock.used, (byte) 0);
      spare.set(stock);
    }

    private static void read(byte[] bytes) {
      // Opened each time: a source has no end at which to close it.
      try (InputStream in = Files.newInputStream(SOURCE)) {
        if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
          throw new IOException(SOURCE + " ended");
        }
      } catch (IOException e) {
        throw new UncheckedIOException("no random numbers", e);
      }
    }

    @Override
    protected byte[] engineGenerateSeed(int count) {
      byte[] seed = new byte[count];
      read(seed);
      return seed;
    }
  }
}
