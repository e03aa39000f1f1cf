import { ASSUMED_SUPPLY } from '@hems/models/household/supply';
import { ko as koErrors } from '@hems/shared/i18n/ko/errors';
import { ko as koBill } from '@hems/shared/i18n/ko/bill';
import { aRunningBill, aSupply } from '@hems/shared/testing/money-answers';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { atTheTimeOfTheAnswers, expectCard } from '../testing/cards.ts';
import { fakeService } from '../testing/fake-service.ts';
import { openApp } from '../testing/open-app.tsx';

atTheTimeOfTheAnswers();

const PATH = '/households/home-1/bill';

describe('the running bill', () => {
  it('is told to date, at the meter reading as a range in words, and for the next kWh', async () => {
    fakeService();
    openApp(PATH);
    const toDate = await expectCard(koBill.toDate, 'ready');
    expect(toDate.textContent).toContain('₩27,600');
    expect(toDate.textContent).toContain('1 kWh를 더 쓰면₩150');
    const projected = await expectCard(koBill.projected, 'ready');
    expect(projected.textContent).toContain('₩36,900');
    expect(projected.textContent).toContain('10번 중 8번은 ₩30,800에서 ₩44,200 사이예요.');
    expect(projected.textContent).toContain('11월 25일 (수)쯤 200 kWh를 넘어 2단계로 올라갈 것 같아요');
  });

  it('opens into every line', async () => {
    fakeService();
    openApp(PATH);
    const lines = await expectCard('11월 1일 – 11월 30일 요금 내역', 'ready');
    const rows = within(lines)
      .getAllByRole('row')
      .map((row) => row.textContent);
    expect(rows[0]).toBe('기본요금₩910');
    expect(rows.at(-1)).toBe('청구 금액₩27,600');
  });

  it('goes to the period before, by its last day', async () => {
    const asked: (string | null)[] = [];
    fakeService({
      bill: (url) => {
        asked.push(url.searchParams.get('date'));
        return aRunningBill();
      },
    });
    openApp(PATH);
    await expectCard(koBill.toDate, 'ready');
    fireEvent.click(screen.getByRole('button', { name: koBill.previous }));
    await waitFor(() => expect(asked).toContain('2026-10-31'));
  });

  it('of a period that is over is its bill, without a projection', async () => {
    const over = { from: '2026-10-01', to: '2026-10-31', days: 31, daysPassed: 31 };
    fakeService({ bill: aRunningBill({ period: over, projected: null, tierBar: null }) });
    openApp(`${PATH}?date=2026-10-31`);
    const bill = await expectCard(koBill.final, 'ready');
    expect(bill.textContent).toContain('₩27,600');
    expect(bill.textContent).not.toContain(koBill.ifNoMore);
    expect(screen.queryByRole('region', { name: koBill.projected })).toBeNull();
  });

  it('says how it is projected to whoever asks', async () => {
    fakeService();
    openApp(PATH);
    const projected = await expectCard(koBill.projected, 'ready');
    expect(within(projected).getByText(koBill.how)).toBeDefined();
    expect(projected.textContent).toContain('계산 방법');
  });

  it.each([
    ['silent', 'loading'],
    [500, 'error'],
    ['down', 'offline'],
    [403, 'no-permission'],
  ] as const)('an answer "%s" is %s', async (bill, state) => {
    fakeService({ bill });
    openApp(PATH);
    await expectCard(koBill.toDate, state);
    await expectCard(koBill.projected, state);
  });
});

describe('the contract', () => {
  it('that was not stated says what is assumed, and is stated with a form', async () => {
    const answers = fakeService();
    openApp(PATH);
    const card = await expectCard(koBill.supply, 'partial');
    expect(card.textContent).toContain(koBill.assumed);
    fireEvent.click(within(card).getByRole('button', { name: koBill.state }));
    fireEvent.change(screen.getByLabelText(koBill.field.voltage), { target: { value: 'high' } });
    fireEvent.change(screen.getByLabelText(koBill.field.readingDay), { target: { value: '15' } });
    fireEvent.click(screen.getByLabelText(koBill.deduction.B3));
    const stated = { ...ASSUMED_SUPPLY, voltage: 'high' as const, readingDay: 15, discounts: ['B3' as const] };
    answers.supply = aSupply({ supply: stated, assumed: false });
    fireEvent.click(screen.getByRole('button', { name: koBill.save }));
    expect(await screen.findByText(koBill.saved)).toBeDefined();
    expect(answers.done).toHaveLength(1);
    expect(JSON.parse(answers.done[0]!.replace('PUT supply ', ''))).toEqual(stated);
    expect((await expectCard(koBill.supply, 'ready')).textContent).toContain(koBill.voltage.high);
  });

  it('is not sent with a power that cannot be', async () => {
    const { done } = fakeService();
    openApp(PATH);
    await expectCard(koBill.supply, 'partial');
    fireEvent.click(screen.getByRole('button', { name: koBill.state }));
    fireEvent.change(screen.getByLabelText(koBill.field.plan), { target: { value: 'tou' } });
    const power = screen.getByLabelText(koBill.field.contractKw);
    fireEvent.change(power, { target: { value: '3.5' } });
    fireEvent.click(screen.getByRole('button', { name: koBill.save }));
    expect(screen.getByRole('alert').textContent).toBe(koBill.contractHint);
    expect(power.getAttribute('aria-invalid')).toBe('true');
    expect(done).toEqual([]);
  });

  it('that could not be saved stays in the form and says why', async () => {
    const answers = fakeService();
    openApp(PATH);
    await expectCard(koBill.supply, 'partial');
    fireEvent.click(screen.getByRole('button', { name: koBill.state }));
    answers.supply = 403;
    fireEvent.click(screen.getByRole('button', { name: koBill.save }));
    expect((await screen.findByRole('alert')).textContent).toContain(koErrors['no-permission']);
  });
});
