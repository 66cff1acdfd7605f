package dev.devca.examples.maven;

import dev.devca.ca.CaException;
import dev.devca.ca.CertificateAuthority;
import dev.devca.truststore.Elevation;
import dev.devca.truststore.Host;
import dev.devca.truststore.Outcome;
import dev.devca.truststore.TrustResult;
import dev.devca.truststore.TrustStores;
import java.io.File;
import java.io.IOException;
import java.util.List;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.plugins.annotations.Parameter;

/** What the goals that look at trust stores have in common. */
abstract class StoreParameters extends AbstractMojo {
  /** The folder of the CA. Default: that of the {@code devca} command. */
  @Parameter(property = "devca.ca")
  private File ca;

  /** Ids of the stores, or of kinds of stores such as {@code java}. Default: all. */
  @Parameter(property = "devca.only")
  private String[] only;

  /** Where devca keeps what it needs for a restore. Default: where the command line does. */
  @Parameter(property = "devca.stateDirectory")
  private File stateDirectory;

  /** Does nothing. */
  @Parameter(property = "devca.skip", defaultValue = "false")
  private boolean skip;

  abstract List<Outcome> run(TrustStores stores, CertificateAuthority ca);

  abstract CertificateAuthority authority(File ca) throws IOException;

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    if (skip) {
      getLog().info("devca is skipped");
      return;
    }
    try {
      CertificateAuthority authority = authority(ca);
      // @start region="stores"
      Host host = Host.current(Elevation.none());
      if (stateDirectory != null) {
        host = host.withStateDirectory(stateDirectory.toPath().toAbsolutePath());
      }
      TrustStores stores = TrustStores.on(host);
      if (only != null && only.length > 0) {
        stores = stores.only(only);
      }
      boolean failed = false;
      for (Outcome outcome : run(stores, authority)) {
        failed |= report(outcome, getLog());
      }
      // @end
      if (failed) {
        throw new MojoFailureException("a trust store could not be changed: see above");
      }
    } catch (IllegalArgumentException e) {
      throw new MojoExecutionException(e.getMessage(), e);
    } catch (CaException e) {
      throw new MojoExecutionException(e.getMessage() + ". " + e.remedy(), e);
    } catch (IOException e) {
      throw new MojoExecutionException("cannot read the CA: " + e, e);
    }
  }

  // @start region="report"
  /** Says what became of a store; true if it failed. */
  private static boolean report(Outcome outcome, Log log) {
    TrustResult result = outcome.result();
    String line = outcome.displayName() + ": " + result.kind();
    if (result instanceof TrustResult.Trusted trusted) {
      log.info(line + (trusted.changed() ? " now. " : ". ") + trusted.hint());
    } else if (result instanceof TrustResult.NotTrusted) {
      log.info(line);
    } else if (result instanceof TrustResult.Absent absent) {
      log.debug(line + ", " + absent.reason());
    } else if (result instanceof TrustResult.Unavailable unavailable) {
      log.warn(line + ", " + unavailable.reason() + ". " + unavailable.remedy());
    } else if (result instanceof TrustResult.Failed failed) {
      log.error(line + ", " + failed.reason() + ". " + failed.remedy());
    }
    return result.kind() == TrustResult.Kind.FAILED;
  }
  // @end
}
