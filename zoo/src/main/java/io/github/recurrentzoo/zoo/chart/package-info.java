/**
 * Pictures, drawn by JFreeChart in one style and written as PNG. They need no screen, but fonts.
 */
package io.github.recurrentzoo.zoo.chart;
