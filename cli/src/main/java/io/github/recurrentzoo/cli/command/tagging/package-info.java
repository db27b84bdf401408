/** Commands of tagging: train, fine-tune, tag. */
package io.github.recurrentzoo.cli.command.tagging;
