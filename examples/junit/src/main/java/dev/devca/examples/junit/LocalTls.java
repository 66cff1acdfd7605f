package dev.devca.examples.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests with a TLS server and a client that trust each other: their parameters may be a {@link
 * Server} and a {@link Client} {@code SSLContext}, the {@code IssuedCertificate} of the server and
 * the {@code CertificateAuthority}, which lives in memory for one test run.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(LocalTlsExtension.class)
public @interface LocalTls {

  /**
   * The names that the server is reached by.
   *
   * @return DNS names and addresses
   */
  String[] value() default {"localhost", "127.0.0.1", "::1"};

  /** The context that a server presents its certificate with. */
  @Target(ElementType.PARAMETER)
  @Retention(RetentionPolicy.RUNTIME)
  @interface Server {}

  /** The context with which a client trusts that server and no other. */
  @Target(ElementType.PARAMETER)
  @Retention(RetentionPolicy.RUNTIME)
  @interface Client {}
}
