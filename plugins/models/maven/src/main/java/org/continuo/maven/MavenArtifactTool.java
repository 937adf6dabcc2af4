package org.continuo.maven;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.runtime.standalonestatic.StandaloneStaticRuntime;
import java.io.PrintWriter;
import java.util.spi.ToolProvider;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;

/**
 * {@code maven-artifact COORDINATES [offline]}: the answer is the path of an artifact in the local
 * repository, fetched if it is not there, or why it could not be; the other writer is told of the
 * progress. Settings, mirrors, proxies, credentials and the place of the local repository are those
 * of the user's Maven.
 */
public final class MavenArtifactTool implements ToolProvider {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final String OFFLINE = "offline";

  @Override
  public String name() {
    return "maven-artifact";
  }

  @Override
  public int run(PrintWriter answer, PrintWriter progress, String... arguments) {
    ContextOverrides.Builder overrides =
        ContextOverrides.create()
            .withUserSettings(true)
            .transferListener(new TransferLines(progress));
    if (arguments.length == 2 && arguments[1].equals(OFFLINE)) {
      overrides.offline(true);
    }
    try (Context maven = new StandaloneStaticRuntime().create(overrides.build())) {
      answer.println(file(maven, arguments[0]));
      return DONE;
    } catch (ArtifactResolutionException e) {
      answer.println(e.getMessage());
      return FAILED;
    }
  }

  private static String file(Context maven, String coordinates) throws ArtifactResolutionException {
    ArtifactRequest request =
        new ArtifactRequest(
            new DefaultArtifact(coordinates), maven.remoteRepositories(), "continuo");
    return maven
        .repositorySystem()
        .resolveArtifact(maven.repositorySystemSession(), request)
        .getArtifact()
        .getFile()
        .getPath();
  }
}
