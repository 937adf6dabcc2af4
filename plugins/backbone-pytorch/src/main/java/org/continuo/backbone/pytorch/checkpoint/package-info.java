/** Checkpoints as this plugin takes them in: by their name, and as parameters of the host. */
package org.continuo.backbone.pytorch.checkpoint;
