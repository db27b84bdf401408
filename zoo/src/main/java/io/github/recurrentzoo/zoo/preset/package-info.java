/**
 * Pretrained models on the class path: {@link io.github.recurrentzoo.zoo.preset.Presets} lists
 * them.
 *
 * <p>Not for users: {@code PresetLibrary}.
 */
package io.github.recurrentzoo.zoo.preset;
