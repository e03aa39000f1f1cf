import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import type { Weather } from '../../ports/weather.ts';

export type AdviceDeps = { readonly table: Table; readonly clock: Clock; readonly weather: Weather };
