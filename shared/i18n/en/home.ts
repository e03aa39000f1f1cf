import type { HomeTexts } from '../ko/home.ts';

export const en: HomeTexts = {
  environment: {
    temperature: 'Temperature',
    humidity: 'Humidity',
    co2: 'CO₂',
    pm25: 'PM2.5',
    empty: {
      title: 'No sensor is connected',
      text: 'Connect an air sensor or a thermostat to see temperature and humidity.',
    },
    partial: 'A sensor has gone silent; its last values are shown with their time.',
  },
  devices: {
    empty: { title: 'No device is connected', text: 'Connect a device to see when it was last heard.' },
    all: 'See all',
    partial: (silent) => `${silent === 1 ? '1 device has' : `${silent} devices have`} gone silent.`,
  },
  flow: {
    home: 'Home',
    name: { solar: 'Solar', grid: 'Grid', battery: 'Battery', car: 'Car' },
    into: { solar: 'generating', grid: 'importing', battery: 'discharging', car: 'discharging' },
    outOf: { solar: 'idle', grid: 'exporting', battery: 'charging', car: 'charging' },
    using: 'in use',
    idle: 'idle',
    unknown: 'unknown',
    last: (time) => `at ${time}`,
    charged: (doing, percent) => `${doing}, ${percent} full`,
    sentence: ({ name, power, doing }) => `${name} ${power} ${doing}`,
    picture: (parts) => `Picture of the power flows: ${parts}`,
    partial: 'A device has gone silent; its last value is shown with its time.',
    carNote: 'What the car takes is part of what the home uses.',
  },
  kind: {
    smart_meter: 'Smart meter',
    smart_plug: 'Smart plug',
    thermostat: 'Thermostat',
    solar_inverter: 'Solar inverter',
    battery: 'Battery',
    environment_sensor: 'Air sensor',
    ev_charger: 'EV charger',
  },
};
