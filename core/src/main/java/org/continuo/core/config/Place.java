package org.continuo.core.config;

import com.typesafe.config.ConfigUtil;

/** A path in the tree of options and the nearest place in the input that set it. */
record Place(String path, Location location) {
  Place key(String key) {
    String quoted = ConfigUtil.joinPath(key);
    return new Place(path.isEmpty() ? quoted : path + "." + quoted, location);
  }

  Place element(int index) {
    return new Place(path + "[" + index + "]", location);
  }

  Place at(Location other) {
    return new Place(path, other);
  }
}
