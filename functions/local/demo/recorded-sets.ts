/** What the licences of the recorded sets ask to be shown with their data, by the `source` column of HOMES.csv. */
const CREDITS: Record<string, string> = {
  citylearn2022:
    'CityLearn Challenge 2022 dataset, metered homes in Fontana, California. © 2020 Jose Ramon Vazquez-Canteli, Intelligent Environments Laboratory. MIT Licence.',
  sgsc: 'Smart-Grid Smart-City Customer Trial Data, Australian Government Department of Industry and Ausgrid, data.gov.au, CC BY 3.0 AU (creativecommons.org/licenses/by/3.0/au). Changed: half-hours summed to hours.',
  lcl: 'SmartMeter Energy Consumption Data in London Households, Low Carbon London, © UK Power Networks, London Datastore, CC BY 4.0 (creativecommons.org/licenses/by/4.0). Changed: half-hours summed to hours.',
  uci: 'Hebrail, G. and Berard, A.: Individual Household Electric Power Consumption, UCI Machine Learning Repository, doi.org/10.24432/C58K54, CC BY 4.0 (creativecommons.org/licenses/by/4.0). Changed: minutes summed to hours.',
  eemeter:
    'OpenEEmeter sample data, © 2014-2025 OpenDSM contributors, Apache-2.0. Changed: half-hours summed to hours, temperature joined.',
  emhass: 'EMHASS sample data, © 2021-2026 David HERNANDEZ TORRES, MIT Licence.',
};

/** A replay moves dates and may scale values, which the licences want said. */
export const creditOf = (source: string, scaled: boolean): string =>
  `${CREDITS[source] ?? source} Dates shifted${scaled ? ', values scaled' : ''}.`;

/** Homes that are replayed only when they are named, and why. */
const UNUSUAL: Record<string, string> = {
  fontana06: 'its level falls to a quarter in February',
  fontana14: 'its load looks net of part of its PV',
  sgsc10006704: 'it stands at zero for weeks',
  sgsc10017554: 'it uses half of what a Korean home does, and stands at zero for weeks',
  sgsc10017936: 'it heats with electricity',
  sgsc10017994: 'it uses half of what a Korean home does, and stands at zero for weeks',
  sgsc10018064: 'it uses a third of what a Korean home does',
  sgsc10018250: 'its level falls by two thirds',
};
export const remarkOf = (home: string): string | undefined => UNUSUAL[home];

/** Files that are no household's load, whatever they are named. */
const REFUSED: Record<string, string> = {
  fontana12: 'its load channel mirrors its PV and is zero at night: not a household load',
};
export const refusalOf = (home: string): string | undefined => REFUSED[home];
