import { ko as koErrors } from '@hems/shared/i18n/ko/errors';
import { ko as s } from '@hems/shared/i18n/ko/inbox';
import { someNoticeSettings } from '@hems/shared/testing/privacy-answers';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { atTheTimeOfTheAnswers, card, expectCard } from '../testing/cards.ts';
import { fakeService, refusal } from '../testing/fake-service.ts';
import { openApp } from '../testing/open-app.tsx';

atTheTimeOfTheAnswers();

const { settings: w } = s;
const press = (name: string): void => void fireEvent.click(screen.getByRole('button', { name }));
const write = (label: string, value: string): void =>
  void fireEvent.change(screen.getByLabelText(label), { target: { value } });
const saveIn = (title: string): void => void fireEvent.click(within(card(title)).getByRole('button', { name: w.save }));

describe('the settings of notices', () => {
  const open = async (over: Parameters<typeof fakeService>[0] = {}) => {
    const answers = fakeService({ noticeSettings: someNoticeSettings(), ...over });
    openApp('/inbox/settings');
    await expectCard(w.kinds, 'ready');
    return answers;
  };
  const saved = (answers: { readonly done: string[] }): ReturnType<typeof someNoticeSettings>['settings'] =>
    JSON.parse(answers.done.at(-1)?.replace('PUT noticeSettings ', '') ?? '{}');

  it('choose the channels kind by kind; security stays in the inbox', async () => {
    const answers = await open();
    expect(screen.getByLabelText<HTMLInputElement>(w.each(w.name.security, w.channel.inbox)).disabled).toBe(true);
    fireEvent.click(screen.getByLabelText(w.each(w.name.budget, w.channel.email)));
    saveIn(w.kinds);
    expect(await within(card(w.kinds)).findByText(w.saved)).toBeDefined();
    const before = someNoticeSettings().settings;
    expect(saved(answers)).toEqual({
      ...before,
      kinds: { ...before.kinds, budget: { inbox: true, push: false, email: true } },
    });
  });

  it('lead to the consent that advertising needs', async () => {
    await open();
    expect(screen.getByText(w.marketingNote)).toBeDefined();
    const link = screen.getByRole('link', { name: w.consents('한강 아파트 1203호') });
    expect(link.getAttribute('href')).toBe('/households/home-1/settings/consents');
  });

  it('keep quiet hours and a cap, and say what cannot be', async () => {
    const answers = await open();
    write(w.to, '21');
    saveIn(w.when);
    expect(screen.getByRole('alert').textContent).toBe(w.sameHour);
    write(w.to, '7');
    write(w.cap, '99');
    saveIn(w.when);
    expect(screen.getByRole('alert').textContent).toBe(w.capWrong);
    expect(answers.done).toEqual([]);
    write(w.cap, '3');
    saveIn(w.when);
    await waitFor(() => expect(saved(answers)).toMatchObject({ quiet: { fromHour: 21, toHour: 7 }, weeklyCap: 3 }));
  });

  it('know no quiet hours where there are none', async () => {
    const answers = await open();
    fireEvent.click(screen.getByLabelText(w.quiet));
    expect(screen.queryByLabelText(w.from)).toBeNull();
    saveIn(w.when);
    await waitFor(() => expect(saved(answers).quiet).toBeNull());
  });

  it('keep a budget by home', async () => {
    const answers = await open();
    write(w.budgetOf('한강 아파트 1203호'), '10');
    saveIn(w.budget);
    expect(screen.getByRole('alert').textContent).toBe(w.budgetWrong);
    write(w.budgetOf('한강 아파트 1203호'), '45,000');
    saveIn(w.budget);
    await waitFor(() => expect(saved(answers).budgetWon).toEqual({ 'home-1': 45_000 }));
  });

  it('say why they were not saved', async () => {
    const answers = await open();
    answers.noticeSettings = refusal(403, 'role');
    saveIn(w.budget);
    expect((await screen.findByRole('alert')).textContent).toBe(`${w.notSaved} ${koErrors['role']}`);
  });

  it.each([
    ['loading', 'silent'],
    ['error', 500],
    ['offline', 'down'],
  ] as const)('are %s where the service is', async (state, answer) => {
    fakeService({ noticeSettings: answer });
    openApp('/inbox/settings');
    await expectCard(w.kinds, state);
  });
});

describe('push on this device', () => {
  afterEach(() => {
    Reflect.deleteProperty(navigator, 'serviceWorker');
  });

  const KEYS = { p256dh: 'p'.repeat(87), auth: 'a'.repeat(22) };

  /** A browser that can be woken, and what it was asked. */
  const aBrowser = (answer: NotificationPermission, permission: NotificationPermission = 'default') => {
    const asked: string[] = [];
    let subscription: object | null = null;
    const pushManager = {
      getSubscription: async () => subscription,
      subscribe: async (options: { applicationServerKey: string }) => {
        asked.push(`subscribe ${options.applicationServerKey}`);
        subscription = {
          endpoint: 'https://push.test/1',
          toJSON: () => ({ endpoint: 'https://push.test/1', keys: KEYS }),
          unsubscribe: async () => {
            asked.push('unsubscribe');
            subscription = null;
          },
        };
        return subscription;
      },
    };
    const registration = { pushManager };
    vi.stubGlobal('PushManager', {});
    const notification = {
      permission,
      requestPermission: async () => {
        asked.push('permission');
        notification.permission = answer;
        return answer;
      },
    };
    vi.stubGlobal('Notification', notification);
    Object.defineProperty(navigator, 'serviceWorker', {
      configurable: true,
      value: {
        register: async (path: string) => void asked.push(`register ${path}`),
        ready: Promise.resolve(registration),
        getRegistration: async () => registration,
      },
    });
    return asked;
  };

  it('cannot be had in a browser that does not know it', async () => {
    fakeService();
    openApp('/inbox/settings');
    expect(await screen.findByText(w.pushText.unsupported)).toBeDefined();
  });

  it('is not offered where the service has no key', async () => {
    aBrowser('granted');
    fakeService({ noticeSettings: someNoticeSettings({ pushKey: null }) });
    openApp('/inbox/settings');
    expect(await screen.findByText(w.pushText['not-set-up'])).toBeDefined();
    expect(screen.queryByRole('button', { name: w.pushOn })).toBeNull();
  });

  it('asks for permission by the press of the resident and not before, and tells the service', async () => {
    const asked = aBrowser('granted');
    const answers = fakeService();
    openApp('/inbox/settings');
    await screen.findByText(w.pushText.off);
    expect(asked).toEqual([]);
    press(w.pushOn);
    expect(await screen.findByText(w.pushText.on)).toBeDefined();
    expect(asked).toEqual(['permission', 'register /sw.js', 'subscribe push-key']);
    expect(answers.done).toEqual([`POST pushTargets ${JSON.stringify({ endpoint: 'https://push.test/1', ...KEYS })}`]);
    press(w.pushOff);
    expect(await screen.findByText(w.pushText.off)).toBeDefined();
    expect(asked.at(-1)).toBe('unsubscribe');
    expect(answers.done.at(-1)).toBe('DELETE pushTargets {"endpoint":"https://push.test/1"}');
  });

  it('that is denied says where it can be allowed again', async () => {
    const asked = aBrowser('denied');
    fakeService();
    openApp('/inbox/settings');
    await screen.findByText(w.pushText.off);
    press(w.pushOn);
    expect(await screen.findByText(w.pushText.denied)).toBeDefined();
    expect(asked).toEqual(['permission']);
    expect(screen.queryByRole('button', { name: w.pushOn })).toBeNull();
  });

  it('that the service does not take stays off, and says so', async () => {
    aBrowser('granted');
    fakeService({ pushTargets: 'down' });
    openApp('/inbox/settings');
    await screen.findByText(w.pushText.off);
    press(w.pushOn);
    expect((await screen.findByRole('alert')).textContent).toBe(w.pushFailed);
    expect(screen.getByRole('button', { name: w.pushOn })).toBeDefined();
  });
});
