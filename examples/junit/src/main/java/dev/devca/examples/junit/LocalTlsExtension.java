package dev.devca.examples.junit;

import dev.devca.ca.CaException;
import dev.devca.ca.CaOptions;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.IssuedCertificate;
import dev.devca.ca.LeafRequest;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Resolves the parameters that {@link LocalTls} names. */
final class LocalTlsExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(LocalTlsExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    Class<?> type = parameter.getParameter().getType();
    return type == CertificateAuthority.class
        || type == IssuedCertificate.class
        || (type == SSLContext.class
            && (parameter.isAnnotated(LocalTls.Server.class)
                || parameter.isAnnotated(LocalTls.Client.class)));
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    CertificateAuthority ca = authority(test);
    Class<?> type = parameter.getParameter().getType();
    if (type == CertificateAuthority.class) {
      return ca;
    }
    if (parameter.isAnnotated(LocalTls.Client.class)) {
      return ca.clientContext();
    }
    IssuedCertificate leaf = leaf(ca, test);
    return type == IssuedCertificate.class ? leaf : leaf.serverContext();
  }

  // @start region="store"
  /** One CA for the whole run: it is made by the first test that asks. */
  private static CertificateAuthority authority(ExtensionContext test) {
    return test.getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            CertificateAuthority.class,
            key -> CertificateAuthority.inMemory(CaOptions.defaults()),
            CertificateAuthority.class);
  }

  /** One leaf for each test class. */
  private static IssuedCertificate leaf(CertificateAuthority ca, ExtensionContext test) {
    Class<?> tests = test.getRequiredTestClass();
    return test.getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(tests, key -> issue(ca, tests), IssuedCertificate.class);
  }

  // @end

  private static IssuedCertificate issue(CertificateAuthority ca, Class<?> tests) {
    try {
      return ca.issue(LeafRequest.forNames(names(tests)));
    } catch (CaException e) {
      throw new ParameterResolutionException(e.getMessage() + ": " + e.remedy(), e);
    }
  }

  private static String[] names(Class<?> tests) {
    for (Class<?> type = tests; type != null; type = type.getEnclosingClass()) {
      LocalTls tls = type.getAnnotation(LocalTls.class);
      if (tls != null) {
        return tls.value();
      }
    }
    throw new ParameterResolutionException(tests.getName() + " has no @LocalTls");
  }
}
