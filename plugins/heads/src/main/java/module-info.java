/** Heads: classification, label scoring, free text. */
module org.continuo.heads {
  requires org.continuo.api;

  provides org.continuo.api.plugin.Plugin with
      org.continuo.heads.ClassificationPlugin,
      org.continuo.heads.FreeTextPlugin,
      org.continuo.heads.LabelScoringPlugin;

  opens org.continuo.heads;
}
