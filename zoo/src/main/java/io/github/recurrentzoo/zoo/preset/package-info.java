/**
 * What was trained, and how to train: {@link io.github.recurrentzoo.zoo.preset.Presets} lists the
 * pretrained models on the class path, {@link io.github.recurrentzoo.zoo.preset.Recipes} the
 * settings that do well on the zoo's own data.
 *
 * <p>Not for users: {@code PresetLibrary}.
 */
package io.github.recurrentzoo.zoo.preset;
