package org.continuo.streams.review;

import static org.continuo.streams.review.Domain.ACCOUNT_ARTICLES;
import static org.continuo.streams.review.Domain.SHORT_NEWS_COMMENTS;
import static org.continuo.streams.review.Domain.VIDEO_COMMENTS;
import static org.continuo.streams.review.Policy.harmless;
import static org.continuo.streams.review.Policy.violatingEverywhere;
import static org.continuo.streams.review.Policy.violatingIn;

import java.util.Locale;

/** What a text is about; examples of each are in {@code sentences.txt}. */
enum Subject {
  OWN_SHOP,
  OWN_CONTACT,
  GIVEAWAY,
  RECOMMENDATION,
  PURCHASE_TALK,
  SCAM,
  PRIVATE_DETAILS,
  PUBLIC_SERVICE,
  FICTIONAL_INSULT,
  PERSON_INSULT,
  GROUP_INSULT,
  DECISION_CRITICISM,
  THREAT,
  FILM_VIOLENCE,
  HEALTH_CLAIM,
  HEALTH_SOURCED,
  DANGEROUS_ADVICE,
  ILLNESS_TALK,
  RUMOUR,
  CONFIRMED_NEWS,
  BETTING_SITE,
  BETTING_BANTER,
  SPOILER,
  SOURCE_LINK,
  PIRATE_LINK,
  STRONG_PRAISE,
  SMALL_TALK;

  /** Where it is against the rules. */
  Policy policy() {
    return switch (this) {
      // an account may advertise what is its own; a commentator may not
      case OWN_SHOP, OWN_CONTACT, GIVEAWAY -> violatingIn(VIDEO_COMMENTS, SHORT_NEWS_COMMENTS);
      // an opinion in a comment; in an article an advertisement that does not say it is one
      case RECOMMENDATION -> violatingIn(ACCOUNT_ARTICLES);
      // comments may be harsh and may joke; accounts must not disparage or mention bets
      case DECISION_CRITICISM, BETTING_BANTER -> violatingIn(ACCOUNT_ARTICLES);
      // part of talking about films, out of place under news
      case FICTIONAL_INSULT -> violatingIn(SHORT_NEWS_COMMENTS);
      case FILM_VIOLENCE, STRONG_PRAISE -> violatingIn(SHORT_NEWS_COMMENTS, ACCOUNT_ARTICLES);
      // chatter under a video; elsewhere misinformation, in an article even as a question
      case HEALTH_CLAIM, RUMOUR ->
          violatingIn(SHORT_NEWS_COMMENTS, ACCOUNT_ARTICLES).askedViolatingIn(ACCOUNT_ARTICLES);
      case HEALTH_SOURCED, CONFIRMED_NEWS -> harmless().askedViolatingIn();
      case SPOILER -> violatingIn(VIDEO_COMMENTS).evenRejectedIn(VIDEO_COMMENTS);
      case SOURCE_LINK -> violatingIn(VIDEO_COMMENTS);
      case SCAM, PERSON_INSULT, GROUP_INSULT, THREAT, DANGEROUS_ADVICE, BETTING_SITE ->
          violatingEverywhere();
      case PRIVATE_DETAILS, PIRATE_LINK -> violatingEverywhere().evenRejectedIn(Domain.values());
      case PURCHASE_TALK, PUBLIC_SERVICE, ILLNESS_TALK, SMALL_TALK -> harmless();
    };
  }

  /** The grammar's list of clauses. */
  String clauses() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
