/** A point of the drawing, in pixels. */
export type Pixel = { readonly x: number; readonly y: number };

const figure = (value: number): string => String(Math.round(value * 10) / 10);
const at = ({ x, y }: Pixel): string => `${figure(x)},${figure(y)}`;

/** The lines through the stretches as SVG path data; a stretch of one point becomes a dot (with round line caps). */
export const linePath = (stretches: readonly (readonly Pixel[])[]): string =>
  stretches
    .map(([first, ...rest]) =>
      first === undefined
        ? ''
        : `M${at(first)}${rest.length === 0 ? 'h0' : rest.map((pixel) => `L${at(pixel)}`).join('')}`,
    )
    .join('');

/** The areas between the stretches and the height `baseY`; a stretch of one point has none. */
export const areaPath = (stretches: readonly (readonly Pixel[])[], baseY: number): string =>
  stretches
    .map((stretch) => {
      const [first, last] = [stretch[0], stretch.at(-1)];
      if (first === undefined || last === undefined || stretch.length < 2) return '';
      return `M${at({ x: first.x, y: baseY })}${stretch.map((pixel) => `L${at(pixel)}`).join('')}L${at({ x: last.x, y: baseY })}Z`;
    })
    .join('');
