package io.github.recurrentzoo.cli.command.forecasting;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.cli.Run;
import io.github.recurrentzoo.cli.option.DataLicence;
import io.github.recurrentzoo.datasets.SampleSeries;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example with tiny settings, and what it refuses. */
class ForecastSeriesTest {

  @TempDir Path folder;

  private Run run(String... args) {
    return Run.command(
        "train forecast",
        Stream.concat(Stream.of("--output", folder.toString()), Arrays.stream(args))
            .toArray(String[]::new));
  }

  private Path waves(int rows) throws IOException {
    return waves(rows, 1);
  }

  private Path waves(int rows, int days) throws IOException {
    StringBuilder csv = new StringBuilder("day;y;x\n");
    for (int t = 0; t < rows; t++) {
      csv.append(
          "%s;%s;%s\n"
              .formatted(
                  LocalDate.of(2024, 1, 1).plusDays((long) t * days), Math.sin(t), Math.cos(t)));
    }
    return Files.writeString(folder.resolve("waves.csv"), csv);
  }

  @Test
  void seattle() throws IOException {
    Run run = run("--epochs", "1");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("1461 rows from 2012-01-01 to 2015-12-31"), run.out());
    assertTrue(run.out().contains("temp_max: 286 forecasts of 7 steps"), run.out());
    assertTrue(run.out().contains("seasonal naive (365)"), run.out());
    assertTrue(run.out().contains("2016-01-07"), run.out());
    assertTrue(
        run.out().contains("recurrent-zoo forecast --model " + folder + " --dataset seattle"),
        run.out());
    assertTrue(Files.exists(folder.resolve("forecast.svg")));
    String page = Files.readString(folder.resolve("report.html"));
    assertTrue(page.contains("forecast after the end of the series"), page);
    assertTrue(Files.readString(folder.resolve("metrics.json")).contains("\"mase\""));
    assertEquals(7, Forecaster.load(folder.resolve("model.zip")).options().horizon());
  }

  /** Its own inputs hold the target, whose past is read anyway if there are no differences. */
  @Test
  void seattleWithoutDifferences() {
    Run run = run("--difference", "none", "--epochs", "1", "--plot", "none");
    assertEquals(0, run.exitCode(), run.err());
    assertEquals(
        List.of("temp_min", "precipitation", "wind"),
        Forecaster.load(folder.resolve("model.zip")).options().pastCovariates());
  }

  /** Sales of each weekday with a promotion; the last rows have the promotion alone. */
  private Path sales(int rows, int ahead) throws IOException {
    StringBuilder csv = new StringBuilder("day,sold,promo\n");
    LocalDate day = LocalDate.of(2024, 1, 1);
    for (int t = 0; t < rows + ahead; day = day.plusDays(1)) {
      if (day.getDayOfWeek().getValue() < 6) {
        String sold = t < rows ? Double.toString(10 + 3 * (t % 3) + Math.sin(t)) : "";
        csv.append("%s,%s,%d\n".formatted(day, sold, t % 3));
        t++;
      }
    }
    return Files.writeString(folder.resolve("sales.csv"), csv);
  }

  @Test
  void businessDaysWithAPromotionThatIsKnownAhead() throws IOException {
    String data = sales(150, 7).toString();
    Run run =
        run(
            "--data",
            data,
            "--time-column",
            "day",
            "--target",
            "sold",
            "--future-covariates",
            "promo",
            "--holidays",
            "US",
            "--calendar-features",
            "day-of-week",
            "--lookback",
            "10",
            "--epochs",
            "1");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("the step is 1 business day, as the times show"), run.out());
    assertTrue(run.out().contains("Of the last 7 rows, only what is known ahead is there."));
    assertTrue(run.out().contains("After the end of the series:"), run.out());
    assertTrue(run.out().contains("2024-07-29"), run.out());
    assertFalse(run.out().contains("2024-08-07"), run.out());
    String model = folder.resolve("model.zip").toString();
    Run next = Run.command("forecast", "--model", model, "--data", data);
    assertEquals(0, next.exitCode(), next.err());
    assertTrue(next.out().contains("2024-08-06"), next.out());
    assertFalse(next.out().contains("2024-08-03"), "a Saturday: " + next.out());
    String without = sales(150, 3).toString();
    Run refused = Run.command("forecast", "--model", model, "--data", without);
    assertEquals(2, refused.exitCode());
    assertTrue(
        refused.err().contains("there are 3 rows; a forecast needs the 7 rows"), refused.err());
    Run measured = Run.command("evaluate", "--model", model, "--data", data);
    assertEquals(0, measured.exitCode(), measured.err());
    Run tuned =
        Run.command(
            "fine-tune forecast",
            "--model",
            model,
            "--data",
            data,
            "--time-column",
            "day",
            "--epochs",
            "1",
            "--output",
            folder.resolve("tuned").toString());
    assertEquals(0, tuned.exitCode(), tuned.err());
    assertTrue(tuned.out().contains("and reads promo as well"), tuned.out());
  }

  /** Trains and saves all the same. */
  @Test
  void withoutRowsAheadThereIsNoForecastYet() throws IOException {
    Run run =
        run(
            "--data",
            sales(150, 0).toString(),
            "--time-column",
            "day",
            "--target",
            "sold",
            "--future-covariates",
            "promo",
            "--frequency",
            "B",
            "--epochs",
            "1");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(
        run.out()
            .contains(
                "There is no forecast yet of what follows: it needs 7 rows behind the last known one, with promo."),
        run.out());
    assertTrue(run.out().contains("Ask the model, once the file has these rows:"), run.out());
    assertTrue(Files.exists(folder.resolve("forecast.svg")));
    assertTrue(Files.exists(folder.resolve("model.zip")));
  }

  private Path shops(int rows, String... names) throws IOException {
    StringBuilder csv = new StringBuilder("day,shop,sold\n");
    for (int t = 0; t < rows; t++) {
      for (int i = 0; i < names.length; i++) {
        csv.append(
            "%s,%s,%s\n"
                .formatted(
                    LocalDate.of(2024, 1, 1).plusDays(t),
                    names[i],
                    Math.pow(10, i) * (2 + Math.sin(t * Math.PI / 3.5))));
      }
    }
    return Files.writeString(folder.resolve("shops-" + names.length + ".csv"), csv);
  }

  @Test
  void forecastsAsFiles() throws IOException {
    String data = shops(150, "north", "south").toString();
    Run trained =
        run(
            "--data",
            data,
            "--time-column",
            "day",
            "--target",
            "sold",
            "--lookback",
            "10",
            "--horizon",
            "2",
            "--quantiles",
            "0.9,0.1",
            "--series-column",
            "shop",
            "--plot",
            "none",
            "--epochs",
            "1");
    assertEquals(0, trained.exitCode(), trained.err());
    assertTrue(trained.out().contains("pinball loss"), trained.out());
    String model = folder.resolve("model.zip").toString();
    Path csv = folder.resolve("next.csv");
    Path plot = folder.resolve("next.svg");
    String[] files = {"--csv", csv.toString(), "--plot", plot.toString()};
    Run next = Run.command("forecast", with(files, "--model", model, "--data", data));
    assertEquals(0, next.exitCode(), next.err());
    List<String> lines = Files.readAllLines(csv);
    assertEquals("series,time,target,forecast,lower,upper,quantile 0.1,quantile 0.9", lines.get(0));
    assertEquals(5, lines.size());
    assertTrue(lines.get(3).startsWith("south,2024-"), lines::toString);
    assertTrue(Files.readString(folder.resolve("next-north__sold.svg")).contains("quantile 0.9"));
    Run printed = Run.command("forecast", "--model", model, "--data", data, "--csv", "-");
    assertEquals(lines, printed.out().lines().toList());
    assertTrue(printed.err().contains("Reading "), printed.err());
    Run both = Run.command("forecast", "--model", model, "--data", data, "--csv", "-", "--json");
    assertTrue(both.err().contains("--json and --csv - both print"), both.err());
    lost("--data and --csv are both", "rows", model, data, "--csv", data);
    lost("--model and --csv are both", "model", model, data, "--csv", model);
    lost("--model and --csv are both", "model", folder.toString(), data, "--csv", model);
    Path drawn = Files.copy(Path.of(data), folder.resolve("shops.svg"));
    lost("--data and --plot are both", "rows", model, drawn.toString(), "--plot", "" + drawn);
    Path moved = Files.copy(Path.of(model), folder.resolve("model.svg"));
    lost("--model and --plot are both", "model", "" + moved, data, "--plot", "" + moved);
    Run noPlot = Run.command("forecast", "--model", model, "--data", data, "--plot", "none");
    assertEquals(0, noPlot.exitCode(), noPlot.err());
    assertFalse(noPlot.out().contains("The picture is"), noPlot.out());
    Run one =
        Run.command(
            "forecast",
            "--model",
            "co2-concentration-lstm",
            "--dataset",
            "co2",
            "--csv",
            csv.toString(),
            "--picture",
            plot.toString());
    assertEquals(0, one.exitCode(), one.err());
    assertEquals("time,target,forecast,lower,upper", Files.readAllLines(csv).get(0));
    assertTrue(Files.exists(plot));
  }

  @Test
  void aModelOfManySeriesNamesTheOption() throws IOException {
    String data = "month,rate\n2000-01,5\n2000-02,6\n";
    String file = Files.writeString(folder.resolve("u1.csv"), data).toString();
    String[] model = {"--model", "unemployment-lstm"};
    for (String command : List.of("forecast", "evaluate")) {
      Run one = Run.command(command, with(model, "--data", file, "--time-column", "month"));
      assertEquals(2, one.exitCode(), one.out());
      assertTrue(one.err().contains("tells its series apart with --series-column."), one.err());
      Run own = Run.command(command, with(model, "--dataset", "seattle"));
      assertEquals(2, own.exitCode(), own.out());
      assertTrue(own.err().contains("but seattle-weather.csv holds one."), own.err());
    }
  }

  @Test
  void noMessageNamesATemporaryFile() {
    Run own = Run.command("forecast", "--model", "births-lstm", "--dataset", "seattle");
    assertEquals(2, own.exitCode(), own.out());
    assertTrue(own.err().startsWith("Error: seattle-weather.csv, line 1"), own.err());
    Run many = Run.command("forecast", "--model", "births-lstm", "--dataset", "unemployment");
    assertEquals(2, many.exitCode(), many.out());
    assertTrue(many.err().startsWith("Error: us-unemployment.csv, line 1"), many.err());
    InputStream before = System.in;
    System.setIn(InputStream.nullInputStream());
    try {
      Run empty = Run.command("forecast", "--model", "births-lstm");
      assertEquals(2, empty.exitCode(), empty.out());
      assertTrue(empty.err().startsWith("Error: standard input is empty"), empty.err());
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void theCardTellsTheLicenceOfEachOwnSeries() {
    for (SampleSeries.Name name : SampleSeries.Name.values()) {
      assertFalse(DataLicence.of(SampleSeries.of(name).file()).isEmpty(), name.toString());
    }
  }

  private static void lost(
      String both, String what, String model, String data, String option, String file)
      throws IOException {
    byte[] before = Files.readAllBytes(Path.of(file));
    Run run = Run.command("forecast", "--model", model, "--data", data, option, file);
    assertEquals(2, run.exitCode(), run.out());
    assertTrue(
        run.err()
            .contains(
                "%s %s; the %s would be lost. Name another file.".formatted(both, file, what)),
        run.err());
    assertArrayEquals(before, Files.readAllBytes(Path.of(file)));
  }

  private static String[] with(String[] some, String... others) {
    return Stream.concat(Stream.of(others), Stream.of(some)).toArray(String[]::new);
  }

  @Test
  void manySeriesInOneFile() throws IOException {
    String data = shops(150, "north", "south").toString();
    Run run =
        run(
            "--data",
            data,
            "--time-column",
            "day",
            "--target",
            "sold",
            "--lookback",
            "10",
            "--series-column",
            "shop",
            "--epochs",
            "1");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("sold: 2 series of 150 rows from 2024-01-01 to "), run.out());
    assertTrue(run.out().contains("sold: means over 2 series, forecasts of 7 steps"), run.out());
    assertTrue(run.out().contains("sold, MAE by series"), run.out());
    assertTrue(Files.exists(folder.resolve("forecast-north__sold.svg")));
    assertTrue(Files.readString(folder.resolve("metrics.json")).contains("\"means\""));
    String model = folder.resolve("model.zip").toString();
    String three = shops(150, "north", "south", "east").toString();
    Run next = Run.command("forecast", "--model", model, "--data", three, "--json");
    assertEquals(0, next.exitCode(), next.err());
    assertTrue(next.out().contains("\"series\":\"east\""), next.out());
    Run warned = Run.command("forecast", "--model", model, "--data", three);
    assertTrue(
        warned.out().contains("Warning: training has not seen east; it is scaled by its own rows"),
        warned.out());
    Run tooShort =
        Run.command("forecast", "--model", model, "--data", shops(3, "north").toString());
    assertEquals(2, tooShort.exitCode(), tooShort.out());
    assertTrue(tooShort.err().contains("no series could be forecast"), tooShort.err());
    Run measured = Run.command("evaluate", "--model", model, "--data", three);
    assertEquals(0, measured.exitCode(), measured.err());
    assertTrue(measured.out().contains("Not seen in training: east."), measured.out());
    Run tuned =
        Run.command(
            "fine-tune forecast",
            "--model",
            model,
            "--data",
            three,
            "--epochs",
            "1",
            "--output",
            folder.resolve("tuned").toString());
    assertEquals(0, tuned.exitCode(), tuned.err());
    assertEquals(
        List.of("north", "south", "east"),
        Forecaster.load(folder.resolve("tuned/model.zip")).seriesNames());
    Run one =
        Run.command(
            "fine-tune forecast",
            "--model",
            model,
            "--data",
            shops(150, "west").toString(),
            "--epochs",
            "1",
            "--output",
            folder.resolve("tuned").toString());
    assertEquals(0, one.exitCode(), one.err());
    assertTrue(one.out().contains("series: 0 kept, 1 new (west), 0 dropped"), one.out());
    Run none = run("--smoothing", "false");
    assertTrue(none.err().contains("--smoothing is for many series"), none.err());
  }

  @Test
  void aBacktestOfManySeries() throws IOException {
    String data = shops(150, "north", "south").toString();
    String[] train = {
      "--data",
      data,
      "--time-column",
      "day",
      "--target",
      "sold",
      "--lookback",
      "10",
      "--series-column",
      "shop",
      "--epochs",
      "1",
      "--plot",
      "none",
      "--refit",
      "--backtest"
    };
    Run run = run(with(new String[] {"2"}, train));
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(
        run.out()
            .contains("Backtest over 2 parts of 15 rows of each series, retrained before each:"),
        run.out());
    assertTrue(run.out().contains("sold, mean MASE"), run.out());
    assertTrue(run.out().indexOf("Saved to ") < run.out().indexOf("Backtest over"), run.out());
    Run parts = run(with(new String[] {"5"}, train));
    assertTrue(
        parts.err().contains("cuts 30 test rows into 5 parts of 6, shorter than the horizon of 7"),
        parts.err());
  }

  @Test
  void aFileOfManySeriesNamesTheOption() throws IOException {
    String data = shops(50, "north", "south").toString();
    Run run = run("--data", data, "--time-column", "day", "--target", "sold");
    assertEquals(2, run.exitCode());
    assertTrue(
        run.err().contains("name the column that tells them apart (--series-column)"), run.err());
    Run none = run("--series-column", "shop");
    assertTrue(none.err().contains("--series-column applies to a file only"), none.err());
  }

  @Test
  void seasonalDifferencesWhereNoSeasonIsUsual() throws IOException {
    Run run =
        run(
            "--data",
            waves(150, 2).toString(),
            "--delimiter",
            "semicolon",
            "--time-column",
            "day",
            "--target",
            "y",
            "--difference",
            "seasonal");
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.err().contains("one row each 2 days, for which no season is usual"), run.err());
  }

  @Test
  void eachTargetHasItsPicture() {
    assertEquals(
        List.of("höhe", "hohe", "a_b", "a_b-2", "A_b-3"),
        ForecastEnd.fileNames(List.of("höhe", "hohe", "a b", "a.b", "A/b")));
  }

  @Test
  void co2() {
    Run run = run("--dataset", "co2", "--epochs", "1", "--plot", "none", "--recurrence", "rrnn");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(
        run.out()
            .contains(
                "Warning: co2-concentration.csv: 5 rows are missing; their numbers are"
                    + " interpolated."),
        run.out());
    assertTrue(run.out().contains("CO2: 126 forecasts of 24 steps"), run.out());
    assertFalse(Files.exists(folder.resolve("forecast.svg")));
  }

  @Test
  void aFileOfTheUsers() throws IOException {
    Run run =
        run(
            "--data",
            waves(150).toString(),
            "--delimiter",
            "semicolon",
            "--time-column",
            "day",
            "--target",
            "y,x",
            "--lookback",
            "8",
            "--horizon",
            "3",
            "--seasonality",
            "6",
            "--difference",
            "lag-1",
            "--calendar-features",
            "day-of-week,month",
            "--loss",
            "absolute",
            "--prediction-interval",
            "0.8",
            "--epochs",
            "1",
            "--backtest",
            "2",
            "--refit");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("Backtest over 2 parts of 15 rows, retrained"), run.out());
    assertTrue(run.out().contains("interval of 80 %"), run.out());
    assertTrue(Files.exists(folder.resolve("forecast-y.svg")));
    assertTrue(Files.exists(folder.resolve("forecast-x.svg")));
  }

  /** ... in the encoding and with the numbers of a spreadsheet, and an input that never changes. */
  @Test
  void aSpreadsheetOfTheUsers() throws IOException {
    StringBuilder csv = new StringBuilder("sep=;\r\nTag;Erl\u00f6s;Aktion;;\r\n");
    for (int t = 0; t < 150; t++) {
      csv.append(
          String.format(
              Locale.GERMANY,
              "%1$td.%1$tm.%1$tY;%2$,.0f;0;;\r\n",
              LocalDate.of(2024, 1, 1).plusDays(t),
              5000 + 1000 * Math.sin(t)));
    }
    Path data = Files.writeString(folder.resolve("a.csv"), csv, Charset.forName("windows-1252"));
    List<String> args =
        List.of(
            "--data",
            data.toString(),
            "--time-column",
            "Tag",
            "--time-format",
            "dd.MM.yyyy",
            "--target",
            "Erl\u00f6s",
            "--past-covariates",
            "Aktion",
            "--encoding",
            "windows-1252",
            "--epochs",
            "1",
            "--plot",
            "none");
    Run doubtful = run(args.toArray(String[]::new));
    assertEquals(2, doubtful.exitCode());
    assertTrue(doubtful.err().contains("can be 5 or 5000"), doubtful.err());
    Run run =
        run(Stream.concat(args.stream(), Stream.of("--decimal", "comma")).toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(
        run.out()
            .contains(
                "Warning: the input \"Aktion\" is constant in the training data and is ignored."),
        run.out());
    assertTrue(run.out().contains("\n30.05.2024 "), run.out());
    Run json =
        run(
            Stream.concat(args.stream(), Stream.of("--decimal", "comma", "--json"))
                .toArray(String[]::new));
    assertTrue(
        json.out().contains("\"origin\":\"29.05.2024\",\"times\":[\"30.05.2024\",\"31.05.2024\""),
        json.out());
    assertTrue(run.out().contains("--encoding windows-1252 --decimal comma"), run.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--data a.csv --dataset co2 --target y | Give --dataset or --data, not both.",
        "--data a.csv | There is no column to forecast. Name it with --target",
        "--data none.csv --target y | There is no file none.csv",
        "--dataset mars | Invalid value for option '--dataset'",
        "--lookback 0 | --lookback must be from 1",
        "--horizon 0 | --horizon must be from 1",
        "--seasonality 0 | --seasonality must be from 1",
        "--holidays Atlantis | The holidays of \"Atlantis\" are not known",
        "--frequency B | name one with --data",
        "--frequency hourly | expected B, BME, week or regular, but was 'hourly'",
        "--future-covariates wind | name \"wind\", which is a target or a past covariate, too",
        "--prediction-interval 1 | --prediction-interval must be above 0 and below 1, but is 1.0.",
        "--test-split 0 | --test-split must be above 0 and below 1, but is 0.0.",
        "--validation-split NaN | --validation-split must be above 0 and below 1, but is NaN.",
        "--calendar-features week | --calendar-features knows hour-of-day, day-of-week,"
            + " day-of-month, month, day-of-year and none, but not \"week\".",
        "--difference twice | expected none, lag-1, seasonal, level or seasonal-drift, but was 'twice'",
        "--time-zone Berlin | expected a time zone such as Europe/Berlin or UTC, but was 'Berlin'",
        "--refit | --refit needs a backtest",
        "--backtest 100 | shorter than the horizon of 7",
        "--time-column day | name one with --data",
        "--decimal comma | name one with --data",
        "--data a.csv --target y --decimal comma --thousands comma | --decimal and --thousands are"
            + " both comma; expected different ones.",
        "--teacher-forcing 0.5 | --teacher-forcing",
        "--target wind,wind | name a column twice",
        "--plot none/there.svg | The picture none/there.svg cannot be written: there is no folder",
        "--plot there.png | --plot draws SVG, so the name of its file ends in .svg, but is"
            + " there.png. Give such as there.svg, or none.",
        "--lookback 2000 | one window with its horizon needs 2008",
        "--seasonality 1 --difference seasonal | The options contradict each other: seasonal"
            + " differences need a seasonality of 2 rows at least, but it is 1",
        "--difference none --past-covariates temp_max | The options contradict each other: targets"
            + " [temp_max] and --past-covariates [temp_max] share a column",
        "--loss cubic | Invalid value for option '--loss'",
      })
  void optionsThatCannotBe(String args, String expected) throws IOException {
    Run run = run((args + " --epochs 1").split(" "));
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.err().contains(expected), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(), files.filter(file -> file.toString().endsWith(".zip")).toList());
    }
  }

  @Test
  void aFileWithSemicolonsNamesTheDelimiter() throws IOException {
    Path file = folder.resolve("semicolons.csv");
    Files.writeString(file, "day;sold\n2024-01-01;5\n");
    Run run = run("--data", file.toString(), "--time-column", "day", "--target", "sold");
    assertEquals(2, run.exitCode());
    assertTrue(
        run.err()
            .contains(
                "or set the delimiter to a semicolon, which stands in this line (--delimiter \";\")"),
        run.err());
  }

  @Test
  void aSeriesThatNeverChangesIsSaidToBeSo() throws IOException {
    Path file = folder.resolve("constant.csv");
    StringBuilder rows = new StringBuilder("Date,CO2\n");
    for (int month = 0; month < 60; month++) {
      rows.append("%d-%02d-01,400\n".formatted(2000 + month / 12, month % 12 + 1));
    }
    Files.writeString(file, rows);
    String[] args = {
      "--model", "co2-concentration-lstm", "--time-column", "Date", "--data", file.toString()
    };
    Run run = Run.command("forecast", args);
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(
        run.out().contains("Warning: CO2 is 400.0 in all 60 rows; there is no change to forecast."),
        run.out());
    Files.writeString(file, rows.append("2005-01-01,401\n"));
    assertFalse(Run.command("forecast", args).out().contains("no change to forecast"));
  }
}
