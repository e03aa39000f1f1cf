/** A point of the drawing, in pixels. */
export type Pixel = { readonly x: number; readonly y: number };

const figure = (value: number): string => String(Math.round(value * 10) / 10);
const at = ({ x, y }: Pixel): string => `${figure(x)},${figure(y)}`;

const joined = (pixels: readonly Pixel[]): string => pixels.map((pixel) => at(pixel)).join('L');

/** The lines through the stretches as SVG path data; a stretch of one point becomes a dot (with round line caps). */
export const linePath = (stretches: readonly (readonly Pixel[])[]): string =>
  stretches
    .filter(({ length }) => length > 0)
    .map((stretch) => `M${joined(stretch)}${stretch.length === 1 ? 'h0' : ''}`)
    .join('');

/** The areas between the stretches and the height `baseY`; a stretch of one point has none. */
export const areaPath = (stretches: readonly (readonly Pixel[])[], baseY: number): string =>
  stretches
    .map((stretch) => {
      const [first, last] = [stretch[0], stretch.at(-1)];
      if (first === undefined || last === undefined || stretch.length < 2) return '';
      return `M${at({ x: first.x, y: baseY })}L${joined(stretch)}L${at({ x: last.x, y: baseY })}Z`;
    })
    .join('');

/** The area between an upper and a lower line over the same places. */
export const bandPath = (upper: readonly Pixel[], lower: readonly Pixel[]): string => {
  const outline = [...upper, ...lower.toReversed()];
  return upper.length < 2 ? '' : `M${joined(outline)}Z`;
};

/** Level lines of one width from the left of each place, joined where neighbours follow each other: a price or a mean is not smoothed. */
export const stepPath = (stretches: readonly (readonly Pixel[])[], width: number): string =>
  stretches
    .map((stretch) => stretch.map((pixel, index) => `${index === 0 ? 'M' : 'L'}${at(pixel)}h${figure(width)}`).join(''))
    .join('');
