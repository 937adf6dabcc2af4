package org.continuo.cli;

import java.lang.module.ModuleDescriptor;
import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of the module this program is in. */
final class Version implements IVersionProvider {
  static String text() {
    return Optional.ofNullable(Version.class.getModule().getDescriptor())
        .flatMap(ModuleDescriptor::rawVersion)
        .orElse("unversioned");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"continuo " + text()};
  }
}
