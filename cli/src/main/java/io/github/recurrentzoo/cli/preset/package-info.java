/** Commands for those who maintain the zoo: train a preset again, write the page of presets. */
package io.github.recurrentzoo.cli.preset;
