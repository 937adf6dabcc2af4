/**
 * How a part is found, described and chosen.
 *
 * <p>A plugin is one small class that a module {@code provides} to ServiceLoader. Its type
 * arguments name what it makes and the record that holds its options; everything else about options
 * (binding an experiment file, validation, {@code plugins describe}, the reference page) is derived
 * from that record. Reading a plugin creates nothing and loads nothing native.
 *
 * <pre>{@code
 * public final class EwcPlugin implements Plugin<Strategy.Factory, Ewc.Options> {
 *   public String id() { return "ewc"; }
 *   public String summary() { return "quadratic pull towards earlier weights, scaled by Fisher information"; }
 * * *   public Strategy.Factory create(Ewc.Options options) { return host -> new Ewc(options, host); }
 * }
 * // module-info.java
 * provides org.continuo.api.plugin.Plugin with org.example.ewc.EwcPlugin;
 * opens org.example.ewc;          // so that the host can fill in Ewc.Options; nothing is exported
 * // experiment file
 * strategy { type = ewc, lambda = 100 }
 * }</pre>
 *
 * Nothing in the exported packages accepts or returns null.
 */
package org.continuo.api.plugin;
