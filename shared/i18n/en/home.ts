import type { HomeTexts } from '../ko/home.ts';

export const en: HomeTexts = {
  environment: {
    temperature: 'Temperature',
    humidity: 'Humidity',
    co2: 'CO₂',
    empty: {
      title: 'No sensor is connected',
      text: 'Connect an air sensor or a thermostat to see temperature and humidity.',
    },
    partial: 'A sensor has gone silent; its last values are shown with their time.',
  },
  devices: {
    empty: { title: 'No device is connected', text: 'Connect a device to see when it was last heard.' },
    partial: (silent) => `${silent === 1 ? '1 device has' : `${silent} devices have`} gone silent.`,
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
