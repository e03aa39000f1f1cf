/** A data point of a period; undefined where there is none. */
export type Value = number | undefined;
type Values = Readonly<Record<string, Value>>;
type Node = (values: Values) => Value | Value[];

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_]\w*)|(<=|>=|==|!=|&&|\|\||[-+*/<>(),[\]]))/y;

const tokensOf = (expression: string): string[] => {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < expression.trimEnd().length) {
    const found = TOKEN.exec(expression);
    if (!found) throw new Error(`metric math that this evaluator does not know: ${expression}`);
    tokens.push(found[0].trim());
  }
  return tokens;
};

const one = (value: Value | Value[]): Value => {
  if (Array.isArray(value)) throw new Error('a list of series where one series is needed');
  return value;
};
const many = (value: Value | Value[]): Value[] => (Array.isArray(value) ? value : [value]);
const given = (values: readonly Value[]): number[] => values.filter((value) => value !== undefined);

/** Between series a point that one of them lacks is lacking; what is no number (x / 0) is no point. */
const both =
  (work: (a: number, b: number) => number) =>
  (a: Value, b: Value): Value => {
    const result = a === undefined || b === undefined ? undefined : work(a, b);
    return result !== undefined && Number.isFinite(result) ? result : undefined;
  };
const OPERATORS: Record<string, (a: Value, b: Value) => Value> = {
  '+': both((a, b) => a + b),
  '-': both((a, b) => a - b),
  '*': both((a, b) => a * b),
  '/': both((a, b) => a / b),
  '<': both((a, b) => Number(a < b)),
  '>': both((a, b) => Number(a > b)),
  '<=': both((a, b) => Number(a <= b)),
  '>=': both((a, b) => Number(a >= b)),
  '==': both((a, b) => Number(a === b)),
  '!=': both((a, b) => Number(a !== b)),
  AND: both((a, b) => Number(a !== 0 && b !== 0)),
  OR: both((a, b) => Number(a !== 0 || b !== 0)),
};
/** From the loosest to the tightest. */
const LEVELS = [['OR'], ['AND'], ['<', '>', '<=', '>=', '==', '!='], ['+', '-'], ['*', '/']];
const SAME: Record<string, string> = { '||': 'OR', '&&': 'AND' };

/** Of a list of series, point by point: those that lack the point are left out. */
const FUNCTIONS: Record<string, (...values: (Value | Value[])[]) => Value | Value[]> = {
  IF: (condition, then, otherwise) => {
    const holds = one(condition);
    return holds === undefined ? undefined : one(holds === 0 ? otherwise : then);
  },
  FILL: (series, instead) =>
    Array.isArray(series) ? series.map((value) => value ?? one(instead)) : (series ?? one(instead)),
  SUM: (list) => {
    const all = given(many(list));
    return all.length === 0 ? undefined : all.reduce((sum, value) => sum + value, 0);
  },
  MAX: (list) => {
    const all = given(many(list));
    return all.length === 0 ? undefined : Math.max(...all);
  },
};

/**
 * The part of CloudWatch's metric math that alarms of ours use, for one period: `IF`, `FILL` with a number, `SUM` and `MAX` over a list of
 * series, `METRICS()`, arithmetic, comparisons, `AND`, `OR`. Anything else is an error, `SEARCH` above all, which an alarm must not hold.
 */
export const evaluate = (expression: string, values: Values): Value => {
  const tokens = tokensOf(expression);
  let at = 0;
  const take = (expected: string): void => {
    if (tokens[at++] !== expected) throw new Error(`${expected} is missing: ${expression}`);
  };
  const list = (end: string): Node[] => {
    const parts: Node[] = [];
    while (tokens[at] !== end) {
      parts.push(level(0));
      if (tokens[at] === ',') at++;
    }
    take(end);
    return parts;
  };
  const named = (name: string): Node => {
    if (tokens[at] !== '(') {
      if (!(name in values)) throw new Error(`${name} is no metric of the alarm: ${expression}`);
      return (of) => of[name];
    }
    at++;
    const parts = list(')');
    if (name === 'METRICS') return (of) => Object.values(of);
    const work = FUNCTIONS[name];
    if (!work) throw new Error(`${name} is not for alarms, or this evaluator does not know it: ${expression}`);
    return (of) => work(...parts.map((part) => part(of)));
  };
  const primary = (): Node => {
    const token = tokens[at++] ?? '';
    if (/^\d/.test(token)) return () => Number(token);
    if (token === '[') {
      const parts = list(']');
      return (of) => parts.flatMap((part) => part(of));
    }
    if (token !== '(') return named(token);
    const inner = level(0);
    take(')');
    return inner;
  };
  const level = (depth: number): Node => {
    const operators = LEVELS[depth];
    if (!operators) return primary();
    let left = level(depth + 1);
    for (;;) {
      const token = tokens[at] ?? '';
      const operator = SAME[token] ?? token;
      const work = OPERATORS[operator];
      if (!work || !operators.includes(operator)) return left;
      at++;
      const [first, second] = [left, level(depth + 1)];
      left = (of) => work(one(first(of)), one(second(of)));
    }
  };
  const whole = level(0);
  if (at < tokens.length) throw new Error(`${tokens[at]} is one too many: ${expression}`);
  return one(whole(values));
};
