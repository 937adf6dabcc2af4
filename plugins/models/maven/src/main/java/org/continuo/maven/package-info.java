/**
 * The door from modules to Maven's resolver. The jars of Maven share packages with each other, so
 * they stay on the class path; whoever needs an artifact asks {@link
 * java.util.spi.ToolProvider#findFirst} for {@code maven-artifact}.
 */
package org.continuo.maven;
