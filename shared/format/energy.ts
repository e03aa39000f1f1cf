import { signedText } from './number.ts';

/** Kilowatt hours of an energy in watt hours, one decimal. */
export const kwhText = (energyWh: number): string => signedText(energyWh / 1000, 1);

/** The same for the small amounts of a quarter hour, two decimals. */
export const kwhFineText = (energyWh: number): string => signedText(energyWh / 1000, 2);
