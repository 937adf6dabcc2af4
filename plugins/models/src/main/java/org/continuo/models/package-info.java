/**
 * The hub {@code embedded}: one model that comes with Continuo, and encoders that the world
 * publishes on Maven Central, made into Hugging Face folders when they are first asked for.
 */
package org.continuo.models;
