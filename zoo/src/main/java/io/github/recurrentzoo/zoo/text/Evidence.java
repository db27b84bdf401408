package io.github.recurrentzoo.zoo.text;

/** Which linear model of words and word pairs a text classifier reads beside the words. */
public enum Evidence {
  /** None. */
  NONE,
  /** Multinomial naive Bayes, see {@link NaiveBayesEvidence}. */
  NAIVE_BAYES,
  /**
   * Logistic regression on tf-idf, and of few texts on the mean of word vectors, see {@link
   * RegressionEvidence}.
   */
  REGRESSION,
  /**
   * Both, each by the share that answers left-out folds best, see {@link BlendedEvidence}: naive
   * Bayes is the better one on mails and paragraphs, regression on opinions and short texts. Of few
   * texts a regression on parts of words as well.
   */
  BOTH
}
