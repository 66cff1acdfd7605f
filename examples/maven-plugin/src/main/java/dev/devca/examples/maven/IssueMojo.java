package dev.devca.examples.maven;

import dev.devca.ca.CaException;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.LeafRequest;
import java.io.File;
import java.io.IOException;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Issues a certificate and its key as {@code server.pem} and {@code server-key.pem}, with the root
 * as {@code root.pem}; nothing is done while those of the last build will do.
 */
@Mojo(
    name = "issue",
    defaultPhase = LifecyclePhase.GENERATE_TEST_RESOURCES,
    threadSafe = true,
    requiresProject = false)
public class IssueMojo extends AbstractMojo {
  /** The folder of the CA; made if it is missing. Default: that of the {@code devca} command. */
  @Parameter(property = "devca.ca")
  private File ca;

  /** DNS names and addresses. */
  @Parameter(property = "devca.names", defaultValue = "localhost,127.0.0.1,::1")
  private String[] names;

  /** Where the files go. */
  @Parameter(property = "devca.outputDirectory", defaultValue = "${project.build.directory}/devca")
  private File outputDirectory;

  /** Does nothing. */
  @Parameter(property = "devca.skip", defaultValue = "false")
  private boolean skip;

  @Override
  public void execute() throws MojoExecutionException {
    if (skip) {
      getLog().info("devca is skipped");
      return;
    }
    try {
      // @start region="issue"
      CertificateAuthority authority = CertificateAuthority.openOrCreate(CaFolder.of(ca));
      LeafRequest request = LeafRequest.forNames(names);
      IssuedFiles files = new IssuedFiles(outputDirectory.toPath());
      if (files.willDo(authority, request)) {
        getLog().info("The certificate is up to date");
        return;
      }
      files.write(authority, authority.issue(request));
      // @end
      getLog().info("Issued " + files.certificate() + " for " + String.join(", ", names));
    } catch (IllegalArgumentException e) {
      throw new MojoExecutionException(e.getMessage(), e);
    } catch (CaException e) {
      throw new MojoExecutionException(e.getMessage() + ". " + e.remedy(), e);
    } catch (IOException e) {
      throw new MojoExecutionException("cannot issue a certificate: " + e, e);
    }
  }
}
