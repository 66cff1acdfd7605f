package dev.devca.ca.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import org.bouncycastle.crypto.CryptoServicesRegistrar;

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
   * @return the kernel's own where it is a file, else the JDK's
   */
  public static SecureRandom open() {
    return Files.isReadable(SOURCE) ? new Direct() : new SecureRandom();
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

  private static final class Direct extends SecureRandom {
    private static final long serialVersionUID = 1;

    Direct() {
      super(new Kernel(), null);
    }
  }

  private static final class Kernel extends SecureRandomSpi {
    private static final long serialVersionUID = 1;

    @Override
    protected void engineSetSeed(byte[] seed) {
      // The kernel needs none.
    }

    @Override
    protected void engineNextBytes(byte[] bytes) {
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
      engineNextBytes(seed);
      return seed;
    }
  }
}
