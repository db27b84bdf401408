package io.github.recurrentzoo.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.recurrentzoo.zoo.series.TimeSeries;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SensorNetworkTest {

  @Test
  void fourMotesOfWhichTwoHaveAnEvent() {
    List<TimeSeries> motes =
        IntStream.rangeClosed(1, SensorNetwork.MOTES).mapToObj(SensorNetwork::read).toList();
    assertEquals(18_914, motes.stream().mapToInt(TimeSeries::size).sum());
    assertEquals(
        List.of(117.0, 0.0, 0.0, 32.0),
        motes.stream().map(mote -> Arrays.stream(mote.column("label")).sum()).toList());
    TimeSeries first = motes.get(0);
    assertEquals(27.97, first.column("temperature")[0]);
    assertEquals(45.93, first.column("humidity")[0]);
    assertEquals("1", first.label(0));
    assertEquals("4417", first.label(first.size() - 1));
    assertThrows(IllegalArgumentException.class, () -> SensorNetwork.read(5));
  }
}
