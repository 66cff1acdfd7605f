import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;

/** One RSA-2048 key by the JDK, and nothing else: the measure of {@code issue --key rsa2048}. */
public final class RsaKeyGeneration {
  private RsaKeyGeneration() {}

  public static void main(String[] args) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    System.out.println(generator.generateKeyPair().getPublic().getAlgorithm());
  }
}
