/** LoRA experts. */
module org.continuo.lora {
  requires org.continuo.api;
}
