/** Options that commands of several tasks share: network, training, output, model, series. */
package io.github.recurrentzoo.cli.option;
