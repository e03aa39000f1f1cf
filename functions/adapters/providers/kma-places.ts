import type { LocalDate } from '@hems/models/calendar/seoul';
import type { Province } from '@hems/models/household/region';

/** Where the weather of a province is taken from: its station, and the cell of the forecast grid in which the station stands. */
export type KmaPlace = {
  readonly station: number;
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly nx: number;
  readonly ny: number;
};

const place = (
  [station, name]: readonly [number, string],
  [latitude, longitude]: readonly [number, number],
  [nx, ny]: readonly [number, number],
): KmaPlace => ({ station, name, latitude, longitude, nx, ny });

/**
 * As of one day. A synoptic station (ASOS) with a whole record: that of the city, or of the seat of the provincial government
 * or the nearest to it. A station that moves or closes is a new row: days measured before stay as they are held.
 */
export const KMA_PLACES: {
  readonly checkedAt: LocalDate;
  readonly source: string;
  readonly of: Record<Province, KmaPlace>;
} = {
  checkedAt: '2026-11-22',
  source:
    'stations: list of the KMA open data portal (data.kma.go.kr) as repeated in public repositories; the coordinates of Sejong and Hongseong are not confirmed there; cells: from the coordinates, by the projection in the guide to the short-term forecast service',
  of: {
    seoul: place([108, '서울'], [37.57142, 126.9658], [60, 127]),
    busan: place([159, '부산'], [35.10468, 129.03203], [97, 74]),
    daegu: place([143, '대구'], [35.87797, 128.65296], [90, 91]),
    incheon: place([112, '인천'], [37.47772, 126.6249], [54, 125]),
    gwangju: place([156, '광주'], [35.17294, 126.89156], [59, 75]),
    daejeon: place([133, '대전'], [36.37198, 127.37211], [67, 101]),
    ulsan: place([152, '울산'], [35.58237, 129.33469], [102, 85]),
    sejong: place([239, '세종'], [36.48522, 127.24438], [65, 103]),
    gyeonggi: place([119, '수원'], [37.25746, 126.983], [60, 120]),
    gangwon: place([101, '춘천'], [37.90262, 127.7357], [73, 134]),
    chungbuk: place([131, '청주'], [36.63935, 127.44089], [68, 107]),
    chungnam: place([177, '홍성'], [36.65759, 126.68772], [55, 107]),
    jeonbuk: place([146, '전주'], [35.84092, 127.11718], [63, 89]),
    jeonnam: place([165, '목포'], [34.81732, 126.38151], [50, 67]),
    gyeongbuk: place([136, '안동'], [36.57293, 128.70733], [90, 106]),
    gyeongnam: place([155, '창원'], [35.17019, 128.57282], [89, 75]),
    jeju: place([184, '제주'], [33.51411, 126.52969], [53, 38]),
  },
};
