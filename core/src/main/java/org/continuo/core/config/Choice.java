package org.continuo.core.config;

import org.continuo.api.plugin.Plugin;

/**
 * A plugin that was chosen somewhere in a file.
 *
 * @param path of its block, such as {@code experiment.strategy.expert}
 */
public record Choice(String path, Plugin<?, ?> plugin, Record options) {}
