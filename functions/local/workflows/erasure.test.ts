import '../quiet-log.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { everyItem as walk } from '../../adapters/embedded/every-item.ts';
import { handler as checkErasures } from '../../jobs/check-erasures.ts';
import * as ports from '../../runtime/ports.ts';
import { anErasure, dumpOf, ERASURE_ID, someFiles } from '../../testing/erasing.ts';
import { fillHousehold, OWNER } from '../../testing/full-household.ts';
import { localRegistry } from '../../testing/local-registry.ts';
import { aWorld, HOME, type World } from '../../testing/world.ts';
import { askHousehold } from '../../use-cases/erasure/ask-household.ts';
import { namedIds } from '../../use-cases/erasure/named-ids.ts';
import { readErasure } from '../../use-cases/erasure/read-erasure.ts';
import { lambdaContext } from '../lambda-context.ts';
import { openErasure } from './erasure.ts';
import type { Workflow } from './open-workflow.ts';

/** The erasure as the host carries it out: the file and the job, over a household that has used everything. */
let world: World;
let workflow: Workflow;
let files: ReturnType<typeof someFiles>;
let claimed: string;
const said: string[] = [];
beforeEach(async () => {
  world = await aWorld();
  files = someFiles();
  ({ claimed } = await fillHousehold(world, files));
  const { identity } = anErasure(world);
  workflow = openErasure({ database: world.database, say: (line) => said.push(line), drainMs: 1 });
  ports.table.use(world.table);
  ports.clock.use(world.clock);
  ports.telemetry.use(world.telemetry);
  ports.bus.use(world.bus);
  ports.identity.use(identity);
  ports.objectEraser.use(files.eraser);
  ports.erasures.use(workflow.runs);
  ports.everyItem.use(() => walk(world));
  ports.ids.use(world.ids);
  ports.registry.use(localRegistry(world.table));
});
afterEach(async () => {
  await workflow.stop();
  await world.database.close();
});

const ask = () =>
  askHousehold({ ...world, erasures: workflow.runs }, OWNER.sub, {
    householdId: HOME.householdId,
    erasureId: ERASURE_ID,
    forfeit: true,
  });
const report = () => readErasure({ table: world.table, erasures: workflow.runs }, ERASURE_ID);

it('the state machine erases a household and ends with its receipt', async () => {
  expect((await ask()).report.state).toBe('erasing');
  await expect.poll(async () => (await report()).state, { interval: 5, timeout: 15_000 }).toBe('erased');
  expect(await report()).toMatchObject({ found: 0, state: 'erased' });
  expect(dumpOf(world).filter((row) => row.includes('THING#') || row.includes('CERT#'))).toEqual([]);
  expect(
    dumpOf(world).filter(
      (row) => namedIds([HOME.householdId, HOME.telemetryId, claimed]).isIn(row) && !row.includes('"expires_at"'),
    ),
  ).toEqual([]);
  expect(said.at(-1)).toBe(`erasure-${ERASURE_ID}-a1 succeeded`);
});

it('an erasure that the end of the host cut off is carried on by the schedule of the next', async () => {
  await ask();
  await workflow.stop();
  expect((await report()).state).toBe('failed');
  workflow = openErasure({ database: world.database, say: (line) => said.push(line), drainMs: 1 });
  ports.erasures.use(workflow.runs);
  // a step that was at work when the host stopped may still say its last word: then the next look begins the attempt
  await expect
    .poll(
      async () => {
        await checkErasures({}, lambdaContext('check-erasures', 60_000));
        return (await report()).state;
      },
      { interval: 20, timeout: 15_000 },
    )
    .toBe('erased');
  expect(said.at(-1)).toBe(`erasure-${ERASURE_ID}-a2 succeeded`);
});
