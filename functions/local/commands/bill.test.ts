import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readBill } from '@hems/shared/api/tariffs';
import { runBill } from './bill.ts';

let out: string[] = [];
let errors: string[] = [];
let folder = '';
beforeEach(() => {
  [out, errors] = [[], []];
  folder = mkdtempSync(join(tmpdir(), 'bill-'));
  vi.spyOn(console, 'log').mockImplementation((line: string) => void out.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void errors.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const OCTOBER = ['--voltage', 'low', '--from', '2026-10-01', '--to', '2026-10-31'];
const run = (...args: string[]): { code: number; answer: unknown } => {
  const code = runBill(args);
  return { code, answer: args.includes('--json') && out.length > 0 ? JSON.parse(out.join('\n')) : out.join('\n') };
};

describe('hems bill', () => {
  test('350 kWh in October, A1 and B3: the answer is the value of the contract', () => {
    const { code, answer } = run('--kwh', '350', ...OCTOBER, '--discount', 'A1+B3', '--json');
    expect(code).toBe(0);
    expect(readBill.answer.parse(answer)).toMatchObject({
      status: 'priced',
      tier: 2,
      won: {
        base: 1600,
        energy: 56_190,
        climate: 3150,
        fuel: 1750,
        discount: 30_007,
        elec: 32_683,
        vat: 3268,
        fund: 880,
        bill: 36_830,
      },
      deductions: [
        { item: 'B3', won: 16_000 },
        { item: 'A1', won: 14_007 },
      ],
    });
  });

  test('says the same to a person, line by line, with the rows it used', () => {
    const { answer } = run('--kwh', '350', ...OCTOBER);
    expect(answer).toContain('350 kWh, low voltage, progressive, tier 2');
    expect(answer).toMatch(/bill +70,640 won/);
    expect(answer).toContain('residential/low/2023-05-16');
  });

  test('time-of-use by its bands', () => {
    const bands = ['--plan', 'tou', '--contract-kw', '3', '--kwh-off', '105', '--kwh-mid', '105', '--kwh-peak', '90'];
    expect(run(...bands, ...OCTOBER, '--json').answer).toMatchObject({ kwh: 300, tier: null, won: { bill: 69_870 } });
  });

  test('time-of-use above 1,000 kWh is unsupported, with the reason', () => {
    const bands = ['--plan', 'tou', '--contract-kw', '3', '--kwh-off', '505', '--kwh-mid', '405', '--kwh-peak', '91'];
    const { code, answer } = run(...bands, ...OCTOBER, '--json');
    expect([code, answer]).toMatchObject([0, { status: 'unsupported', code: 'tou-above-1000-kwh' }]);
  });

  test('net metering', () => {
    const { answer } = run('--kwh', '208', '--export-kwh', '100', '--carried-kwh', '43', ...OCTOBER, '--json');
    expect(answer).toMatchObject({ kwh: 65, netMetering: { creditedKwh: 143, carriedOutKwh: 0 } });
  });

  test.each([
    [['--kwh', '-5', ...OCTOBER], 'bad-kwh', 'kwh'],
    [['--kwh', '350.5', ...OCTOBER], 'bad-kwh', 'kwh'],
    [[...OCTOBER], 'bad-kwh', 'kwh'],
    [['--kwh', '5', '--voltage', 'medium', '--from', '2026-10-01', '--to', '2026-10-31'], 'unknown-voltage', 'voltage'],
    [['--kwh', '5', '--plan', 'flat', ...OCTOBER], 'unknown-plan', 'plan'],
    [['--kwh', '5', '--discount', 'A1+Z9', ...OCTOBER], 'unknown-discount', 'discount'],
    [['--kwh', '5', '--voltage', 'low', '--from', '2026-10-01'], 'bad-date', 'to'],
    [['--kwh', '5', '--voltage', 'low', '--from', '2026-10-31', '--to', '2026-10-01'], 'reversed-period', 'to'],
    [['--kwh', '5', '--voltage', 'low', '--from', '2019-10-01', '--to', '2019-10-31'], 'no-tariff-row', 'from'],
    [
      [
        '--kwh',
        '9',
        '--plan',
        'tou',
        '--contract-kw',
        '3',
        '--kwh-off',
        '1',
        '--kwh-mid',
        '1',
        '--kwh-peak',
        '1',
        ...OCTOBER,
      ],
      'bad-kwh',
      'kwh',
    ],
    [['--kwh', '9', '--kwh-off', '1', ...OCTOBER], 'unknown-parameter', 'kwh-off'],
  ])('%j is refused: %s', (args, code, at) => {
    expect(run(...args, '--json')).toMatchObject({ code: 1, answer: { status: 'refused', code, at } });
  });

  test('an unknown option is named, with how the command is used', () => {
    expect(runBill(['--khw', '5'])).toBe(1);
    expect(errors.join('\n')).toMatch(/--khw[\s\S]*--kwh N/);
  });
});

describe('hems bill --csv', () => {
  const GOLDEN = new URL('../../../models/tariff/golden/', import.meta.url);
  const table = (text: string) => text.trim().split('\n');

  test.each([
    ['bills.csv', 18],
    ['bills_tou.csv', 22],
  ])('the golden %s goes in and comes out unchanged, with more columns behind it', (name, columns) => {
    const golden = readFileSync(new URL(name, GOLDEN), 'utf8');
    const file = join(folder, name);
    writeFileSync(file, golden);
    expect(runBill(['--csv', file])).toBe(0);
    const printed = table(out.join('\n')).map((line) => line.split(',').slice(0, columns));
    // an empty cell of the golden file states nothing
    const stated = table(golden).map((line, i) =>
      line.split(',').map((cell, c) => (cell === '' ? printed[i]![c] : cell)),
    );
    expect(printed).toEqual(stated);
  });

  test('input columns alone are enough, and a row that cannot be priced says why', () => {
    const file = join(folder, 'in.csv');
    const rows = ['x,low,progressive,2026-10-01,2026-10-31,350,A1+B3', 'y,low,progressive,2026-10-01,2026-10-31,-1,'];
    writeFileSync(file, ['id,voltage,plan,period_start,period_end,kwh,discounts', ...rows].join('\n'));
    expect(runBill(['--csv', file])).toBe(1);
    const [header, first, second] = table(out.join('\n'));
    expect(header).toContain('season_or_split,base,energy,climate,fuel,discount,elec,vat,fund,bill,tier,marginal_won');
    expect(first).toContain('other,1600,56190,3150,1750,30007,32683,3268,880,36830,2,170,350,0,true,priced');
    expect(second).toContain('refused,"kwh: write whole kWh, without a sign or a decimal point"');
    expect(errors).toEqual(['hems bill: refused rows: 1; the column "reason" says why']);
  });

  test('a file that is not there is named', () => {
    expect(runBill(['--csv', join(folder, 'none.csv')])).toBe(1);
    expect(errors[0]).toContain('none.csv');
  });
});
