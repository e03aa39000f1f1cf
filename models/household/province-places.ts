import type { Province } from './region.ts';

/** Degrees north and east. */
export type Place = { readonly latitude: number; readonly longitude: number };

const place = (latitude: number, longitude: number): Place => ({ latitude, longitude });

/**
 * Where a province is taken to be, for its weather and its sun: the synoptic station (ASOS) of the city, or of the seat of the provincial
 * government or the nearest to it. As repeated in public repositories from the KMA open data portal; Sejong and Hongseong are not
 * confirmed there. As of 2026-11-22.
 */
export const PROVINCE_PLACES: Readonly<Record<Province, Place>> = {
  seoul: place(37.57142, 126.9658),
  busan: place(35.10468, 129.03203),
  daegu: place(35.87797, 128.65296),
  incheon: place(37.47772, 126.6249),
  gwangju: place(35.17294, 126.89156),
  daejeon: place(36.37198, 127.37211),
  ulsan: place(35.58237, 129.33469),
  sejong: place(36.48522, 127.24438),
  gyeonggi: place(37.25746, 126.983),
  gangwon: place(37.90262, 127.7357),
  chungbuk: place(36.63935, 127.44089),
  chungnam: place(36.65759, 126.68772),
  jeonbuk: place(35.84092, 127.11718),
  jeonnam: place(34.81732, 126.38151),
  gyeongbuk: place(36.57293, 128.70733),
  gyeongnam: place(35.17019, 128.57282),
  jeju: place(33.51411, 126.52969),
};
