package io.github.recurrentzoo.zoo.model;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The classes that a network's configuration may name: layers and vertices that networks of this
 * library have, and whatever their options can be set to. Names, not packages: a package could hold
 * anybody's classes.
 */
final class AllowedClasses {

  private static final Map<String, String> NAMES_BY_PACKAGE =
      Map.ofEntries(
          Map.entry(
              "org.deeplearning4j.nn.conf.layers",
              "ActivationLayer Convolution1DLayer DenseLayer DropoutLayer EmbeddingLayer EmbeddingSequenceLayer"
                  + " GravesLSTM LSTM LossLayer OutputLayer RnnLossLayer RnnOutputLayer"),
          Map.entry(
              "org.deeplearning4j.nn.conf.layers.misc", "FrozenLayer FrozenLayerWithBackprop"),
          Map.entry(
              "org.deeplearning4j.nn.conf.layers.recurrent",
              "Bidirectional LastTimeStep SimpleRnn TimeDistributed"),
          Map.entry("org.deeplearning4j.nn.conf.layers.util", "MaskZeroLayer"),
          Map.entry(
              "org.deeplearning4j.nn.conf.graph",
              "ElementWiseVertex FrozenVertex LayerVertex MergeVertex PreprocessorVertex"
                  + " ScaleVertex ShiftVertex SubsetVertex"),
          Map.entry(
              "org.deeplearning4j.nn.conf.graph.rnn",
              "DuplicateToTimeSeriesVertex LastTimeStepVertex ReverseTimeSeriesVertex"),
          Map.entry(
              "org.deeplearning4j.nn.conf.preprocessor",
              "ComposableInputPreProcessor FeedForwardToRnnPreProcessor"
                  + " RnnToFeedForwardPreProcessor"),
          Map.entry(
              "org.deeplearning4j.nn.conf.inputs",
              "InputType$InputTypeFeedForward InputType$InputTypeRecurrent"),
          Map.entry(
              "org.deeplearning4j.nn.conf.dropout",
              "AlphaDropout Dropout GaussianDropout GaussianNoise SpatialDropout"),
          Map.entry("org.deeplearning4j.nn.conf.weightnoise", "DropConnect WeightNoise"),
          Map.entry(
              "org.deeplearning4j.nn.conf.constraint",
              "MaxNormConstraint MinMaxNormConstraint NonNegativeConstraint UnitNormConstraint"),
          Map.entry(
              "org.deeplearning4j.nn.conf.distribution",
              "BinomialDistribution ConstantDistribution GaussianDistribution"
                  + " LogNormalDistribution NormalDistribution OrthogonalDistribution"
                  + " TruncatedNormalDistribution UniformDistribution"),
          Map.entry(
              "org.deeplearning4j.nn.weights",
              "WeightInitConstant WeightInitDistribution WeightInitIdentity WeightInitLecunUniform"
                  + " WeightInitNormal WeightInitRelu WeightInitReluUniform"
                  + " WeightInitSigmoidUniform WeightInitUniform WeightInitVarScalingNormalFanAvg"
                  + " WeightInitVarScalingNormalFanIn WeightInitVarScalingNormalFanOut"
                  + " WeightInitVarScalingUniformFanAvg WeightInitVarScalingUniformFanIn"
                  + " WeightInitVarScalingUniformFanOut WeightInitXavier WeightInitXavierLegacy"
                  + " WeightInitXavierUniform"),
          Map.entry(
              "org.nd4j.linalg.activations.impl",
              "ActivationCube ActivationELU ActivationGELU ActivationHardSigmoid"
                  + " ActivationHardTanH ActivationIdentity ActivationLReLU ActivationMish"
                  + " ActivationPReLU ActivationRReLU ActivationRationalTanh ActivationReLU"
                  + " ActivationReLU6 ActivationRectifiedTanh ActivationSELU ActivationSigmoid"
                  + " ActivationSoftPlus ActivationSoftSign ActivationSoftmax ActivationSwish"
                  + " ActivationTanH ActivationThresholdedReLU"),
          Map.entry(
              "org.nd4j.linalg.learning.config",
              "AMSGrad AdaBelief AdaDelta AdaGrad AdaMax Adam Nadam Nesterovs NoOp RmsProp Sgd"),
          Map.entry(
              "org.nd4j.linalg.learning.regularization",
              "L1Regularization L2Regularization WeightDecay"),
          Map.entry(
              "org.nd4j.linalg.schedule",
              "CycleSchedule ExponentialSchedule FixedSchedule InverseSchedule MapSchedule"
                  + " PolySchedule RampSchedule SigmoidSchedule StepSchedule"),
          Map.entry(
              "org.nd4j.linalg.lossfunctions.impl",
              "LossBinaryXENT LossCosineProximity LossFMeasure LossHinge LossKLD LossL1 LossL2"
                  + " LossMAE LossMAPE LossMCXENT LossMSE LossMSLE LossMixtureDensity"
                  + " LossMultiLabel LossNegativeLogLikelihood LossPoisson LossSparseMCXENT"
                  + " LossSquaredHinge LossWasserstein"),
          Map.entry(
              "io.github.recurrentzoo.layers",
              "ConcatPoolingVertex ContextVertex CrfOutputLayer FinalStateVertex Gru LuongAttentionVertex"
                  + " MaskedSequenceVertex OrthogonalInit QuantileLoss ReverseStepsVertex Rrnn StateInit"));

  private static final Set<String> NAMES =
      NAMES_BY_PACKAGE.entrySet().stream()
          .flatMap(
              entry ->
                  Stream.of(entry.getValue().split(" ")).map(name -> entry.getKey() + "." + name))
          .collect(Collectors.toUnmodifiableSet());

  private AllowedClasses() {}

  static boolean contains(String className) {
    return NAMES.contains(className);
  }

  static Set<String> names() {
    return NAMES;
  }
}
