/** Storage that ends with the page: what the gallery shows must not become the choice of whoever uses the app at the same address. */
const memory = (): Storage => {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
  };
};

export const keepNothing = (): void => {
  Object.defineProperty(globalThis, 'localStorage', { value: memory() });
  Object.defineProperty(globalThis, 'sessionStorage', { value: memory() });
};
