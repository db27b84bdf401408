/**
 * ONNX: networks of the zoo as files that ONNX Runtime answers with, in any language.
 *
 * <p>Not for users: {@code OnnxExport}, {@code OnnxPart}. They ask {@code Pipeline.exportOnnx}.
 */
package io.github.recurrentzoo.zoo.onnx;
