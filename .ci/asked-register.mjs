/** Loaded first by every process of Node that a test starts. The machine's own, which only opens the door to ours, knows no hooks. */
if (Number(process.versions.node.split('.')[0]) >= 24) await import('./asked-hooks.ts');
