import * as z from 'zod/mini';
import { bytesToFloats, floatsToBytes, fromBase64, toBase64 } from '../bytes.ts';
import type { Edges } from './bins.ts';
import { forestOf, type Forest } from './forest.ts';
import type { Tree } from './tree.ts';

/** A forest as it is stored: four bytes a node and a bit that says which kind. Edges belong to the model, whose forests share them. */
export const forestValue = z.object({
  start: z.number(),
  /** nodes of each tree */
  sizes: z.array(z.int()),
  /** base64; bit i % 8 of byte i / 8 is set when node i is a split */
  splits: z.string(),
  /** base64; of every node of every tree in turn: a split's feature, bin and child (two bytes), or a leaf's value (32-bit float) */
  nodes: z.string(),
});
export type ForestValue = z.infer<typeof forestValue>;

const NODE_BYTES = 4;
const bitmapBytes = (nodes: number): number => Math.ceil(nodes / 8);
const totalOf = (sizes: readonly number[]): number => sizes.reduce((sum, size) => sum + size, 0);

export const toForestValue = ({ start, trees }: Forest): ForestValue => {
  const sizes = trees.map(({ value }) => value.length);
  const total = totalOf(sizes);
  const nodes = new DataView(new ArrayBuffer(total * NODE_BYTES));
  const splits = new Uint8Array(bitmapBytes(total));
  let node = 0;
  for (const tree of trees) {
    for (const [own, child] of tree.child.entries()) {
      const at = node * NODE_BYTES;
      if (child === 0) nodes.setFloat32(at, tree.value[own] ?? 0, true);
      else {
        splits[node >> 3] = (splits[node >> 3] ?? 0) | (1 << (node & 7));
        nodes.setUint8(at, tree.feature[own] ?? 0);
        nodes.setUint8(at + 1, tree.bin[own] ?? 0);
        nodes.setUint16(at + 2, child, true);
      }
      node += 1;
    }
  }
  return { start, sizes, splits: toBase64(splits), nodes: toBase64(new Uint8Array(nodes.buffer)) };
};

type Stored = { readonly nodes: DataView; readonly splits: Uint8Array };

const readTree = ({ nodes, splits }: Stored, first: number, size: number): Tree => {
  const tree = {
    feature: new Uint8Array(size),
    bin: new Uint8Array(size),
    child: new Uint16Array(size),
    value: new Float32Array(size),
  };
  for (let own = 0; own < size; own++) {
    const node = first + own;
    const at = node * NODE_BYTES;
    const isSplit = ((splits[node >> 3] ?? 0) & (1 << (node & 7))) !== 0;
    if (!isSplit) {
      tree.value[own] = nodes.getFloat32(at, true);
      continue;
    }
    tree.feature[own] = nodes.getUint8(at);
    tree.bin[own] = nodes.getUint8(at + 1);
    tree.child[own] = nodes.getUint16(at + 2, true);
    checkSplit(tree, own, size);
  }
  return tree;
};

/** Children lie behind their parent and within the tree: a walk through it always ends in a leaf. */
const checkSplit = ({ child }: Tree, own: number, size: number): void => {
  const next = child[own] ?? 0;
  if (next <= own || next + 1 >= size) throw new RangeError(`node ${own} of a tree leads to ${next} of ${size}`);
};

const checkFeatures = ({ feature, value }: Tree, columns: number): void => {
  if (feature.some((column) => column >= columns))
    throw new RangeError(`a tree asks for more than ${columns} features`);
  if (!value.every(Number.isFinite)) throw new RangeError('a leaf of a tree holds no number');
};

/** Throws RangeError when the bytes are no such forest. */
export const readForest = ({ start, sizes, splits, nodes }: ForestValue, edges: readonly Edges[]): Forest => {
  const bytes = fromBase64(nodes);
  const bits = fromBase64(splits);
  const total = totalOf(sizes);
  if (bytes.length !== total * NODE_BYTES || bits.length !== bitmapBytes(total))
    throw new RangeError(
      `${bytes.length} and ${bits.length} bytes are not ${total} nodes of ${NODE_BYTES} and their bits`,
    );
  const stored = { nodes: new DataView(bytes.buffer), splits: bits };
  let first = 0;
  const trees = sizes.map((size) => {
    const tree = readTree(stored, first, size);
    checkFeatures(tree, edges.length);
    first += size;
    return tree;
  });
  return forestOf({ start, edges, trees });
};

export const toEdgesText = (edges: Edges): string => toBase64(floatsToBytes(edges));
export const readEdges = (text: string): Edges => bytesToFloats(fromBase64(text));
