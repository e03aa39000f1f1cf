import { localDate } from '@hems/models/calendar/seoul';
import type { Device } from '@hems/shared/api/devices';
import { energyTexts } from '@hems/shared/i18n/energy';
import { homeTexts } from '@hems/shared/i18n/home';
import { useDeviceSeries, useDevices } from '@hems/shared/queries/equipment';
import { useDeviceUsage } from '@hems/shared/queries/usage';
import { behind, cardOf, empty, type Card as CardView } from '@hems/shared/view/card';
import { asShown, keptDays, shownOf, type ShownQuantity } from '@hems/shared/view/device-quantity';
import { deviceSeriesCard, keptFrom, SERIES_SCOPES, seriesGrain } from '@hems/shared/view/device-series';
import { countsItsUse, deviceAbout, usedBy } from '@hems/shared/view/device-usage';
import { spanName } from '@hems/shared/view/energy-bar';
import { openingMs, spanOf } from '@hems/shared/view/energy-span';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { DeviceControls, waysFrom, type DeviceAsking } from '../energy/device-controls.tsx';
import styles from '../energy/energy.module.css';
import { SeriesCard } from '../energy/series-card.tsx';
import { useSwipe } from '../energy/use-swipe.ts';
import { HouseholdScreen, type Gate } from '../household/household-screen.tsx';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import { PreviousIcon } from '../ui/arrow-icons.tsx';
import { Card } from '../ui/card.tsx';
import { useMinute } from '../ui/use-minute.ts';

const ROUTE = '/households/$householdId/energy/devices/$deviceId';

type Shown = { readonly householdId: string; readonly device: Device; readonly quantity: ShownQuantity };
type SeriesProps = Shown & { readonly gate: Gate };

/** One of what the device measures, over a day, a week or a month. */
const Series = ({ householdId, device, quantity, gate }: SeriesProps): ReactNode => {
  const words = { t: useMessages(), s: useTexts(energyTexts) };
  const { scope: scopeAsked, date } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const nowMs = useMinute();
  const scope = SERIES_SCOPES.find((one) => one === scopeAsked) ?? 'day';
  const span = spanOf(scope, date ?? localDate(openingMs(nowMs)), 1);
  const { deviceId } = device;
  const series = useDeviceSeries(householdId, { deviceId, quantity, grain: seriesGrain(scope), ...span });
  const counts = quantity === 'power_w' && countsItsUse(device);
  const use = useDeviceUsage(householdId, counts ? span : undefined);
  const used = usedBy(deviceId, use.data);
  const go = (change: DeviceAsking): void =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false });
  const asked = { scope, span, quantity, today: localDate(nowMs), keptFrom: keptFrom(quantity, nowMs) };
  const swipe = useSwipe(waysFrom(asked, go));
  const card = deviceSeriesCard(behind(gate.session, series), { name: device.name, quantity, scope, span }, words);
  return (
    <>
      <DeviceControls asked={asked} quantities={shownOf(device.quantities)} words={words} onAsk={go} />
      <div className={styles['swiped']} {...swipe}>
        <SeriesCard
          card={card}
          quantity={quantity}
          name={spanName(scope, span, words)}
          words={words}
          used={used}
          onRetry={gate.retry}
        />
      </div>
      <p className={styles['kept']}>{words.s.device.kept(keptDays(quantity))}</p>
    </>
  );
};

/** A device of the home: when it was last heard, and everything it measures, over time. */
export const DevicePage = (): ReactNode => {
  const words = { t: useMessages(), s: useTexts(energyTexts), home: useTexts(homeTexts) };
  const { s } = words;
  const { householdId, deviceId } = useParams({ from: ROUTE });
  const { quantity: asked } = useSearch({ from: ROUTE });
  const nowMs = useMinute();
  const devices = useDevices(householdId);
  const device = devices.data?.devices.find((one) => one.deviceId === deviceId);
  const quantities = device ? shownOf(device.quantities) : [];
  const quantity = quantities.find((one) => one === asShown(asked)) ?? quantities[0];
  return (
    <HouseholdScreen
      householdId={householdId}
      title={device?.name ?? s.device.loading}
      screen="/households/$householdId/energy"
      main={devices}
    >
      {(gate) => {
        const bare: CardView<never> = cardOf(behind(gate.session, devices), words.t, () =>
          empty(device ? s.device.nothing : s.device.unknown),
        );
        return (
          <>
            <div className={styles['place']}>
              <Link className={styles['back']} to="/households/$householdId/energy" params={{ householdId }}>
                <PreviousIcon />
                {s.device.back}
              </Link>
              {device && <p className={styles['about']}>{deviceAbout(device, nowMs, words)}</p>}
            </div>
            {device && quantity && bare.state === 'empty' ? (
              <Series householdId={householdId} device={device} quantity={quantity} gate={gate} />
            ) : (
              <Card title={s.device.quantity} card={bare} className={styles['card']} onRetry={gate.retry}>
                {() => null}
              </Card>
            )}
          </>
        );
      }}
    </HouseholdScreen>
  );
};
