/** What a plugin author sees, and nothing else. Start with {@link org.continuo.api.plugin}. */
module org.continuo.api {
  requires transitive ai.djl.api;

  exports org.continuo.api.data;
  exports org.continuo.api.learning;
  exports org.continuo.api.model;
  exports org.continuo.api.plugin;
  exports org.continuo.api.result;
  exports org.continuo.api.tensor;
}
