import { ko as koErrors } from '@hems/shared/i18n/ko/errors';
import { ko as koOnboarding } from '@hems/shared/i18n/ko/onboarding';
import { aStartedImport, anImport, anOnboarding, NO_PROOF, PLACE } from '@hems/shared/testing/joining-answers';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { atTheTimeOfTheAnswers, expectCard } from '../testing/cards.ts';
import { fakeService, refusal } from '../testing/fake-service.ts';
import { openApp } from '../testing/open-app.tsx';

atTheTimeOfTheAnswers();

const PATH = '/households/home-1/onboarding';
const { steps, history, device } = koOnboarding;
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

describe('once residence is proved', () => {
  it('history can be put off, and a gateway is claimed by its code', async () => {
    const answers = fakeService({ onboarding: PROVEN });
    openApp(PATH);
    await expectCard(steps.history, 'ready');
    press(koOnboarding.skip);
    await expectCard(steps.device, 'ready');
    expect(screen.getByText(device.typed)).toBeDefined();
    write(device.code, 'hems abcd efgh jklm');
    answers.onboarding = { ...PROVEN, devices: 2, next: 'done' };
    press(device.add);
    await screen.findByText(device.plug);
    expect(answers.done).toEqual(['POST gateways {"code":"HEMS-ABCD-EFGH-JKLM"}']);
    press(koOnboarding.next);
    const done = await expectCard(steps.done, 'ready');
    await waitFor(() => expect(done.textContent).toContain('0.85 kW'));
    expect(screen.getByRole('link', { name: koOnboarding.done.toHome }).getAttribute('href')).toBe(
      '/households/home-1',
    );
  });

  it('where the browser reads QR codes, a photo of the label fills in its code; one without says so', async () => {
    const inPhoto = [[{ rawValue: 'https://example.com' }], [{ rawValue: 'HEMS-ABCD-EFGH-JKLM' }]];
    const close = vi.fn<() => void>();
    const reader = {
      createImageBitmap: async () => ({ close }),
      BarcodeDetector: class {
        detect = async () => inPhoto.shift() ?? [];
      },
    };
    Object.assign(globalThis, reader);
    onTestFinished(() => Object.keys(reader).forEach((name) => Reflect.deleteProperty(globalThis, name)));
    const answers = fakeService({ onboarding: { ...PROVEN, next: 'device', historyDays: 30 } });
    openApp(PATH);
    await expectCard(steps.device, 'ready');
    expect(screen.getByText(device.photographed)).toBeDefined();
    const photograph = (): void => {
      const files = [new File(['x'], 'label.jpg', { type: 'image/jpeg' })];
      fireEvent.change(screen.getByLabelText(device.photo), { target: { files } });
    };
    photograph();
    expect((await screen.findByRole('alert')).textContent).toBe(device.noCode);
    photograph();
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>(device.code).value).toBe('HEMS-ABCD-EFGH-JKLM'));
    expect(screen.queryByRole('alert')).toBeNull();
    press(device.add);
    await waitFor(() => expect(answers.done).toEqual(['POST gateways {"code":"HEMS-ABCD-EFGH-JKLM"}']));
    expect(close).toHaveBeenCalledTimes(2);
  });

  it('a claim code that is none says what to do in the language of the screen', async () => {
    fakeService({
      onboarding: { ...PROVEN, next: 'device', historyDays: 30 },
      gateways: refusal(404, 'claim-unknown'),
    });
    openApp(PATH);
    await expectCard(steps.device, 'ready');
    write(device.code, 'HEMSABCDEFGHJKLM');
    press(device.add);
    expect((await screen.findByRole('alert')).textContent).toBe(`${device.failed} ${koErrors['claim-unknown']}`);
  });

  it.each([
    [0, history.emptyFile],
    [2000, history.tooBig('0')],
  ])('a file of %i bytes is not sent', async (bytes, said) => {
    fakeService({ onboarding: PROVEN, imports: aStartedImport('http://127.0.0.1:9/upload') });
    openApp(PATH);
    await expectCard(steps.history, 'ready');
    const file = new File(['x'.repeat(bytes)], 'usage.csv');
    fireEvent.change(screen.getByLabelText(history.choose), { target: { files: [file] } });
    expect((await screen.findByRole('alert')).textContent).toBe(said);
  });

  it('a file that cannot be sent can be sent again', async () => {
    fakeService({
      onboarding: PROVEN,
      imports: aStartedImport('http://127.0.0.1:9/upload'),
      import: anImport(),
    });
    openApp(PATH);
    await expectCard(steps.history, 'ready');
    const file = new File(['day,kwh'], 'usage.csv');
    fireEvent.change(screen.getByLabelText(history.choose), { target: { files: [file] } });
    expect((await screen.findByRole('alert')).textContent).toBe(history.notSent);
    expect(screen.getByLabelText(history.another)).toBeDefined();
  });
});
