package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.datasets.BrownCorpus;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.preset.Recipe;
import io.github.recurrentzoo.zoo.tagging.SequenceTagger;
import io.github.recurrentzoo.zoo.tagging.SequenceTagging;
import io.github.recurrentzoo.zoo.tagging.TaggedWord;
import io.github.recurrentzoo.zoo.tagging.WordBaseline;
import io.github.recurrentzoo.zoo.training.ConsoleProgress;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Trains an LSTM to tell nouns from verbs and other parts of speech, on the Brown corpus. */
public final class TagPartsOfSpeech {
  private TagPartsOfSpeech() {}

  public static void main(String[] args) throws IOException {
    BrownCorpus.Split split = BrownCorpus.split(BrownCorpus.read(), 0.1, 42);
    SequenceTagger tagger = run(split, 3, System.out);
    Path model = Files.createDirectories(Path.of("models")).resolve("pos-lstm.zip");
    tagger.save(model);
    System.out.println("Saved to " + model + "; SequenceTagger.load reads it.");
    for (TaggedWord word : tagger.tag("She saw the saw that cuts long planks quickly.")) {
      System.out.println(word.word() + " " + word.label());
    }
  }

  static SequenceTagger run(BrownCorpus.Split split, int epochs, PrintStream out) {
    Recipe recipe = SequenceTagging.recipe("brown", Recurrence.LSTM);
    SequenceTagging network = SequenceTagging.builder().recipe(recipe).build();
    TrainingOptions training = TrainingOptions.builder().recipe(recipe).epochs(epochs).build();
    SequenceTagger tagger =
        SequenceTagger.train(
            split.training(), network, training, TrainingRun.of(ConsoleProgress.on(out)));
    out.println(tagger.evaluate(split.test(), WordBaseline.train(split.training())));
    return tagger;
  }
}
