/** Rows of numbers, one feature a column, row after row. NaN: not known. */
export type Matrix = { readonly rows: number; readonly columns: number; readonly values: Float64Array };

/** Where rows go: at `row` of a matrix of `columns`. */
export type Into = Pick<Matrix, 'values' | 'columns'> & { readonly row: number };

export const matrixOf = (rows: number, columns: number): Matrix => ({
  rows,
  columns,
  values: new Float64Array(rows * columns),
});
