import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { fails, ok, warns, type Finding } from './finding.ts';

const LEAST_NODE = 24;
const GB = 1e9;
const DISK = { fails: 0.5 * GB, warns: 5 * GB };
/** A connection is an open file; ten thousand devices and what the process itself needs. */
const OPEN_FILES = { fails: 256, warns: 12_000 };
const CLOCK_WATCHED_MS = 200;
const CLOCK_OFF_MS = 1000;

const WEB = fileURLToPath(new URL('../../../web/dist/index.html', import.meta.url));
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const KOREAN_FONTS = ['/usr/share/fonts/opentype/noto', '/usr/share/fonts/noto-cjk', '/usr/share/fonts/truetype/nanum'];

export const nodeFinding = (version: string): Finding =>
  Number(version.split('.')[0]) >= LEAST_NODE
    ? ok('Node', version)
    : fails(
        'Node',
        `${version}, ${LEAST_NODE} is needed`,
        'Start by npm (npm run -s hems -- doctor): it brings its own Node.',
      );

export const diskFinding = (folder: string, freeBytes: number): Finding => {
  const says = `${(freeBytes / GB).toFixed(1)} GB free for ${folder}`;
  const todo =
    'Make room, or move the data directory to a larger disk (--data DIR). A full disk refuses readings; devices keep them and send them again.';
  if (freeBytes < DISK.fails) return fails('disk', says, todo);
  return freeBytes < DISK.warns ? warns('disk', says, todo) : ok('disk', says);
};

/** The folder, or the nearest one above it that is there. */
const existing = (folder: string): string => (existsSync(folder) ? folder : existing(dirname(folder)));

export const openFilesFinding = (limit: number | undefined): Finding => {
  if (limit === undefined) return ok('open files', 'this system does not say its limit');
  const todo = 'For more than a few thousand devices raise it in the shell that starts the host: ulimit -n 65536';
  if (limit < OPEN_FILES.fails) return fails('open files', `${limit}`, todo);
  return limit < OPEN_FILES.warns
    ? warns('open files', `${limit}: not enough for 10,000 devices`, todo)
    : ok('open files', `${limit}`);
};

/** The limit of this process, which a host started from the same shell has as well. */
const openFilesLimit = async (): Promise<number | undefined> => {
  const text = await readFile('/proc/self/limits', 'utf8').catch(() => '');
  const soft = /^Max open files\s+(\d+|unlimited)/m.exec(text)?.[1];
  return soft === 'unlimited' ? Infinity : soft === undefined ? undefined : Number(soft);
};

export type ClockLook = {
  /** of the system's clock, less those of the clock that nobody sets, while both were watched */
  readonly movedMs: number;
  /** time that the disk gave a new file, less the system's */
  readonly fileAheadMs: number;
};
export const clockFinding = ({ movedMs, fileAheadMs }: ClockLook): Finding => {
  const says = `moves by ${Math.round(movedMs)} ms beside the steady clock, files are ${Math.round(fileAheadMs)} ms ahead`;
  const isOff = Math.abs(movedMs) > CLOCK_OFF_MS / 10 || Math.abs(fileAheadMs) > CLOCK_OFF_MS;
  const todo =
    'Let the system keep its time by NTP (timedatectl set-ntp true). Readings are judged by this clock: ahead of it they are kept out.';
  return isOff ? fails('clock', says, todo) : ok('clock', says);
};

const lookAtClock = async (): Promise<ClockLook> => {
  const folder = await mkdtemp(join(tmpdir(), 'hems-doctor-'));
  try {
    const [steady, system] = [performance.now(), Date.now()];
    const file = join(folder, 'now');
    await writeFile(file, '');
    const { mtimeMs } = await stat(file);
    const fileAheadMs = mtimeMs - Date.now();
    await sleep(CLOCK_WATCHED_MS);
    return { movedMs: Date.now() - system - (performance.now() - steady), fileAheadMs };
  } finally {
    await rm(folder, { recursive: true });
  }
};

const webFinding = (): Finding =>
  existsSync(WEB)
    ? ok('web app', 'is built')
    : warns('web app', 'is not built', 'npm start builds it at its next start.');

const browserFinding = (): Finding => {
  const browser = BROWSERS.find((path) => existsSync(path));
  const hasFonts = KOREAN_FONTS.some((path) => existsSync(path));
  if (browser && hasFonts) return ok('browser for tests', `${browser}, with Korean fonts`);
  const lacks = [...(browser ? [] : ['no Chromium']), ...(hasFonts ? [] : ['no Korean fonts'])].join(', ');
  return warns(
    'browser for tests',
    lacks,
    'Only the browser tests need it: install the Debian packages chromium and fonts-noto-cjk.',
  );
};

/** What a host needs of the machine it runs on. */
export const lookAtMachine = async (folder: string): Promise<Finding[]> => {
  const { bavail, bsize } = await statfs(existing(folder));
  return [
    nodeFinding(process.versions.node),
    diskFinding(folder, bavail * bsize),
    openFilesFinding(await openFilesLimit()),
    clockFinding(await lookAtClock()),
    webFinding(),
    browserFinding(),
  ];
};
