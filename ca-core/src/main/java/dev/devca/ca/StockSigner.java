package dev.devca.ca;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Objects;
import org.bouncycastle.crypto.signers.DSAKCalculator;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECMultiplier;
import org.bouncycastle.math.ec.ECPoint;
import org.jspecify.annotations.Nullable;

/** ECDSA with P-256 whose random numbers come with their multiples. For one signature. */
final class StockSigner extends ECDSASigner {
  private final Numbers numbers;

  StockSigner(SecretStock stock) {
    this(new Numbers(stock));
  }

  private StockSigner(Numbers numbers) {
    super(numbers);
    this.numbers = numbers;
  }

  @Override
  protected ECMultiplier createBasePointMultiplier() {
    return numbers;
  }

  /** Gives a number, and then its multiple. */
  private static final class Numbers implements DSAKCalculator, ECMultiplier {
    private final SecretStock stock;
    private @Nullable Secret current;

    Numbers(SecretStock stock) {
      this.stock = stock;
    }

    @Override
    public boolean isDeterministic() {
      return false;
    }

    @Override
    public void init(BigInteger n, SecureRandom random) {
      // The stock has both.
    }

    @Override
    public void init(BigInteger n, BigInteger d, byte[] message) {
      throw new IllegalStateException("the numbers of a stock are random");
    }

    @Override
    public BigInteger nextK() {
      current = stock.next();
      return current.number();
    }

    @Override
    public ECPoint multiply(ECPoint base, BigInteger number) {
      Secret secret = Objects.requireNonNull(current);
      if (!secret.number().equals(number)) {
        throw new IllegalArgumentException("another number than the last one");
      }
      return secret.point();
    }
  }
}
