import { ko as koEnergy } from '@hems/shared/i18n/ko/energy';
import { ko as koErrors } from '@hems/shared/i18n/ko/errors';
import { ko as koOnboarding } from '@hems/shared/i18n/ko/onboarding';
import { aSession } from '@hems/shared/testing/answers';
import { anOnboarding, NO_PROOF, PLACE } from '@hems/shared/testing/joining-answers';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { atTheTimeOfTheAnswers, expectCard } from '../testing/cards.ts';
import { fakeService, refusal } from '../testing/fake-service.ts';
import { openApp } from '../testing/open-app.tsx';

atTheTimeOfTheAnswers();

const PATH = '/households/home-1/onboarding';
const { steps, place, supply, proof } = koOnboarding;
const [HOME] = aSession().households;
const UNPROVEN = aSession({ households: [{ ...HOME!, isProven: false }] });
const PLACED = anOnboarding({ place: PLACE, next: 'supply' });
const SUPPLIED = anOnboarding({ place: PLACE, supplyConfirmed: true, next: 'proof' });
const PROVEN = anOnboarding({
  place: PLACE,
  supplyConfirmed: true,
  proof: { ...NO_PROOF, state: 'proven', by: 'invitation' },
  next: 'history',
});

const write = (label: string, value: string): void => {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
};
const press = (name: string): void => {
  fireEvent.click(screen.getByRole('button', { name }));
};

describe('a home whose people have not proved that they live there', () => {
  it.each(['', '/energy', '/bill', '/settings/devices'])('leads from its address%s to joining', async (screenPath) => {
    fakeService({ session: UNPROVEN, onboarding: SUPPLIED });
    const { router } = openApp(`/households/home-1${screenPath}`);
    await waitFor(() => expect(router.state.location.pathname).toBe(PATH));
    await expectCard(steps.proof, 'ready');
  });

  it('leads there as well when only the service knows it yet', async () => {
    fakeService({ live: refusal(403, 'no-proof'), onboarding: SUPPLIED });
    const { router } = openApp('/households/home-1');
    await waitFor(() => expect(router.state.location.pathname).toBe(PATH));
  });

  it('lets its members be seen all the same', async () => {
    fakeService({ session: UNPROVEN });
    openApp('/households/home-1/settings/members');
    expect((await screen.findAllByText(/이바다/)).length).toBeGreaterThan(0);
  });
});

describe('joining', () => {
  it.each([
    ['silent', 'loading'],
    [500, 'error'],
    ['down', 'offline'],
    [403, 'no-permission'],
  ] as const)('with an answer "%s" is %s', async (answer, state) => {
    fakeService({ onboarding: answer });
    openApp(PATH);
    await expectCard(koOnboarding.title, state);
  });

  it('asks where the home is, marks what cannot stand, and goes on with what the service has kept', async () => {
    const answers = fakeService({ place: PLACED });
    openApp(PATH);
    await expectCard(steps.place, 'ready');
    expect(screen.getByText(koOnboarding.progress(1, 6))).toBeDefined();
    write(place.postalCode, '123');
    press(koOnboarding.next);
    const wrong = screen.getAllByRole('alert').map(({ textContent }) => textContent);
    expect(wrong).toEqual([place.addressHint, place.postalCodeHint, place.regionHint]);
    expect(answers.done).toEqual([]);

    for (const field of ['name', 'address', 'unit', 'postalCode', 'region'] as const) write(place[field], PLACE[field]);
    answers.onboarding = PLACED;
    press(koOnboarding.next);
    await expectCard(steps.size, 'ready');
    expect(JSON.parse(answers.done[0]!.replace('PUT place ', ''))).toEqual(PLACE);
  });

  it('sends the place again with how big it is, and nothing that was left empty', async () => {
    const answers = fakeService({ onboarding: PLACED, place: PLACED });
    openApp(PATH);
    await expectCard(steps.supply, 'ready');
    press(koOnboarding.back);
    await expectCard(steps.size, 'ready');
    write(koOnboarding.size.areaM2, '84.5');
    press(koOnboarding.next);
    await expectCard(steps.supply, 'ready');
    expect(JSON.parse(answers.done[0]!.replace('PUT place ', ''))).toEqual({ ...PLACE, areaM2: 84.5 });
  });

  it('finds contracts for the last bill, each with the difference in won, and keeps the chosen one', async () => {
    const answers = fakeService({ onboarding: PLACED, confirmations: SUPPLIED });
    openApp(PATH);
    await expectCard(steps.supply, 'ready');
    press(supply.find);
    expect(screen.getAllByRole('alert')).toHaveLength(4);
    write(supply.from, '2026-10-01');
    write(supply.to, '2026-10-31');
    write(supply.kwh, '312');
    write(supply.won, '43,210');
    press(supply.find);
    const choices = await screen.findAllByRole('heading', { level: 3 });
    expect(choices.map(({ textContent }) => textContent)).toEqual([
      `₩43,210 ${supply.exact}`,
      `₩38,900 ${supply.less('₩4,310')}`,
    ]);
    answers.onboarding = SUPPLIED;
    fireEvent.click(screen.getAllByRole('button', { name: supply.choose })[0]!);
    await expectCard(steps.proof, 'ready');
    expect(answers.done[0]).toBe(
      'POST guesses {"from":"2026-10-01","to":"2026-10-31","importWh":312000,"billWon":43210}',
    );
    expect(JSON.parse(answers.done[1]!.replace('POST confirmations ', ''))).toMatchObject({
      supply: { voltage: 'low' },
      lastBill: { billWon: 43_210 },
    });
  });

  it('goes on to the proof without a bill', async () => {
    const answers = fakeService({ onboarding: PLACED });
    openApp(PATH);
    await expectCard(steps.supply, 'ready');
    expect(screen.getByText(supply.assumed)).toBeDefined();
    press(supply.unknown);
    await expectCard(steps.proof, 'ready');
    expect(answers.done).toEqual([]);
  });
});

describe('the proof of residence', () => {
  it('says what is closed until then, and takes a code as it is typed', async () => {
    const answers = fakeService({ onboarding: SUPPLIED, proofs: refusal(400, 'wrong-code') });
    openApp(PATH);
    await expectCard(steps.proof, 'ready');
    expect(screen.getByText(proof.closed)).toBeDefined();
    write(proof.code, 'abcd');
    press(proof.send);
    expect(screen.getByRole('alert').textContent).toBe(proof.codeHint);

    write(proof.code, 'abcd efgh jklm');
    answers.onboarding = anOnboarding({ ...SUPPLIED, proof: { ...NO_PROOF, attemptsLeft: 9 } });
    press(proof.send);
    expect((await screen.findByRole('alert')).textContent).toBe(`${proof.failed} ${koErrors['wrong-code']}`);
    expect(answers.done).toEqual(['POST proofs {"by":"invitation","code":"ABCD-EFGH-JKLM"}']);
    expect(await screen.findByText(proof.left(9))).toBeDefined();
    expect(document.body.textContent).not.toContain('said in English');

    answers.proofs = { ...NO_PROOF, state: 'proven', by: 'invitation' };
    answers.onboarding = PROVEN;
    press(proof.send);
    await expectCard(steps.history, 'ready');
  });

  it('waits for an operator, and says so', async () => {
    const answers = fakeService({ onboarding: SUPPLIED, proofs: { ...NO_PROOF, state: 'waiting', by: 'operator' } });
    openApp(PATH);
    await expectCard(steps.proof, 'ready');
    answers.onboarding = anOnboarding({ ...SUPPLIED, proof: { ...NO_PROOF, state: 'waiting', by: 'operator' } });
    press(proof.operator);
    expect(await screen.findByText(proof.waiting)).toBeDefined();
    expect(screen.queryByRole('button', { name: proof.operator })).toBeNull();
    expect(screen.getByLabelText(proof.code)).toBeDefined();
  });

  it('that is locked takes no code, and one that was refused says why', async () => {
    fakeService({ onboarding: anOnboarding({ ...SUPPLIED, proof: { ...NO_PROOF, attemptsLeft: 0, locked: true } }) });
    openApp(PATH);
    await expectCard(steps.proof, 'ready');
    expect(screen.getByText(proof.locked)).toBeDefined();
    expect(screen.queryByLabelText(proof.code)).toBeNull();
    expect(screen.getByRole('button', { name: proof.operator })).toBeDefined();
  });

  it('that was refused says the operator’s reason', async () => {
    const refused = {
      ...NO_PROOF,
      state: 'refused' as const,
      by: 'operator' as const,
      reason: '관리사무소에서 확인 불가',
    };
    fakeService({ onboarding: anOnboarding({ ...SUPPLIED, proof: refused }) });
    openApp(PATH);
    await expectCard(steps.proof, 'ready');
    expect(screen.getByText(proof.refusedWhy('관리사무소에서 확인 불가'))).toBeDefined();
  });
});

describe('beginning a home', () => {
  it('of one’s own goes on with its steps, under one request however often it is pressed', async () => {
    const answers = fakeService({ session: aSession({ households: [] }), households: 500 });
    const { router } = openApp('/');
    await screen.findByRole('heading', { name: koOnboarding.join.title });
    press(koOnboarding.join.begin);
    expect((await screen.findByRole('alert')).textContent).toBe(
      `${koOnboarding.join.failed} ${koErrors['unavailable']}`,
    );
    answers.households = anOnboarding();
    answers.session = UNPROVEN;
    press(koOnboarding.join.begin);
    await waitFor(() => expect(router.state.location.pathname).toBe(PATH));
    expect(answers.done).toHaveLength(2);
    expect(new Set(answers.done).size).toBe(1);
    expect(answers.done[0]).toMatch(/^POST households \{"requestId":"[\w-]{36}","kind":"own","name":"우리 집"/);
  });

  it('of the demo shows it at once', async () => {
    const answers = fakeService({
      session: aSession({ households: [] }),
      households: anOnboarding({ kind: 'demo', next: 'done' }),
    });
    const { router } = openApp('/join');
    await screen.findByRole('heading', { name: koOnboarding.join.title });
    answers.session = aSession();
    press(koOnboarding.join.beginDemo);
    await waitFor(() => expect(router.state.location.pathname).toBe('/households/home-1/energy'));
    await expectCard(koEnergy.total.kwh, 'ready');
  });
});
