/** The commands that train detectors of anomalies, and ask them and forecasters. */
package io.github.recurrentzoo.cli.command.anomalies;
