/** LoRA experts. */
module org.continuo.lora {
  requires org.continuo.api;

  provides org.continuo.api.plugin.Plugin with
      org.continuo.lora.LoraPlugin;

  opens org.continuo.lora;
}
