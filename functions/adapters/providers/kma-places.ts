import type { LocalDate } from '@hems/models/calendar/seoul';
import type { Province } from '@hems/models/household/region';

/** Where the weather of a province is taken from: its station, and the cell of the forecast grid in which that stands (`PROVINCE_PLACES`). */
export type KmaPlace = {
  readonly station: number;
  readonly name: string;
  readonly nx: number;
  readonly ny: number;
};

const place = ([station, name]: readonly [number, string], [nx, ny]: readonly [number, number]): KmaPlace => ({
  station,
  name,
  nx,
  ny,
});

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
    'stations: list of the KMA open data portal (data.kma.go.kr) as repeated in public repositories; cells: from the coordinates, by the projection in the guide to the short-term forecast service',
  of: {
    seoul: place([108, '서울'], [60, 127]),
    busan: place([159, '부산'], [97, 74]),
    daegu: place([143, '대구'], [90, 91]),
    incheon: place([112, '인천'], [54, 125]),
    gwangju: place([156, '광주'], [59, 75]),
    daejeon: place([133, '대전'], [67, 101]),
    ulsan: place([152, '울산'], [102, 85]),
    sejong: place([239, '세종'], [65, 103]),
    gyeonggi: place([119, '수원'], [60, 120]),
    gangwon: place([101, '춘천'], [73, 134]),
    chungbuk: place([131, '청주'], [68, 107]),
    chungnam: place([177, '홍성'], [55, 107]),
    jeonbuk: place([146, '전주'], [63, 89]),
    jeonnam: place([165, '목포'], [50, 67]),
    gyeongbuk: place([136, '안동'], [90, 106]),
    gyeongnam: place([155, '창원'], [89, 75]),
    jeju: place([184, '제주'], [53, 38]),
  },
};
