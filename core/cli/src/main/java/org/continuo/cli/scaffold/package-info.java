/**
 * New projects of plugin authors. What they start from is a project that is built and tested as it
 * stands, {@code examples/custom-strategy}; an installation holds a copy.
 *
 * <pre>{@code
 * ProjectTemplate template = ProjectTemplate.strategy(installation);
 * template.problems("si", folder);      // empty if it can be written
 * template.write("si", folder);         // folder/pom.xml, .../org/example/si/Si.java, ...
 * }</pre>
 */
package org.continuo.cli.scaffold;
