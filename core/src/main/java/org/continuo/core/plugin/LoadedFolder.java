package org.continuo.core.plugin;

import java.util.List;

/**
 * A plugin folder whose modules are there.
 *
 * @param needs the folders its modules require something of
 */
record LoadedFolder(FolderContents contents, List<LoadedFolder> needs, ModuleLayer layer) {
  LoadedFolder {
    needs = List.copyOf(needs);
  }
}
