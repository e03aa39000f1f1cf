import { parseSync, Visitor, type ESTree, type Plugin } from 'vite';

/** What of a route only who answers it needs: a browser never parses what it sends. */
const FOR_THE_SERVICE = ['summary', 'params', 'query', 'body'];
/** Says to the bundler that a call does nothing but answer, so that it goes when nothing uses the answer. */
const PURE = '/* @__PURE__ */ ';

type Edit = { readonly start: number; readonly end: number; readonly text: string };

/** The name that a chain of calls begins with: `z` of `z.string().check(…)`. */
const rootOf = (node: ESTree.Expression | ESTree.Super): string | undefined => {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'CallExpression') return rootOf(node.callee);
  return node.type === 'MemberExpression' ? rootOf(node.object) : undefined;
};

/** The parts of a route that the app can do without. */
const cutsOf = (value: ESTree.Argument | undefined): Edit[] => {
  if (value?.type !== 'ObjectExpression') return [];
  return value.properties.flatMap((property, index) => {
    if (property.type !== 'Property' || property.key.type !== 'Identifier') return [];
    if (!FOR_THE_SERVICE.includes(property.key.name)) return [];
    return [{ start: property.start, end: value.properties[index + 1]?.start ?? property.end, text: '' }];
  });
};

const editsOf = (name: string, code: string): Edit[] => {
  const cuts: Edit[] = [];
  const calls = new Set<number>();
  const visitor = new Visitor({
    CallExpression: (call) => {
      const root = rootOf(call);
      if (root === 'route') cuts.push(...cutsOf(call.arguments[0]));
      if (root === 'route' || root === 'z') calls.add(call.start);
    },
  });
  visitor.visit(parseSync(name, code).program);
  const kept = [...calls].filter((at) => !cuts.some(({ start, end }) => start <= at && at < end));
  return [...cuts, ...kept.map((at) => ({ start: at, end: at, text: PURE }))];
};

/** A contract file as the app needs it: the address of each route and the schema of its answer; what only a request needs falls away. */
export const answersOnlyOf = (name: string, code: string): string =>
  editsOf(name, code)
    .toSorted((a, b) => b.start - a.start)
    .reduce((left, { start, end, text }) => left.slice(0, start) + text + left.slice(end), code);

/** Leaves out of the app what its contract says about requests. */
export const answersOnly = (): Plugin => ({
  name: 'hems-answers-only',
  enforce: 'pre',
  transform: {
    filter: { id: /\/shared\/api\/[\w-]+\.ts$/ },
    handler: (code, id) => ({ code: answersOnlyOf(id, code), map: null }),
  },
});
