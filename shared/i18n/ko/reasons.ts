import type { RefusalCode as BaselineRefusal, RemarkCode } from '@hems/models/baseline/baseline';
import type { NoStanding } from '@hems/models/community/standing';
import type { RefusalCode as ProgrammeRefusal } from '@hems/models/incentive/programme';
import type { NoScore } from '@hems/models/score/score';

/** Why something is not told, and what a figure says of itself, for a resident. */
export const ko = {
  refusal: {
    'insufficient-history': '비교할 기록이 아직 부족해요. 비슷한 날의 기록이 더 쌓이면 계산해요.',
    'no-prior-year': '지난해 같은 기간의 기록이 없어 비교할 수 없어요.',
    'estimated-history': '지난 기록에 추정값이 너무 많아 믿을 만한 기준을 만들 수 없어요.',
    'holiday-table-ends': '공휴일 정보가 없는 날짜라 비슷한 날을 고를 수 없어요.',
    'poor-fit': '날씨로 설명되지 않는 사용이 많아 기준을 믿기 어려워요.',
    'no-temperature': '기온 기록이 없어 날씨를 고려한 기준을 만들 수 없어요.',
    'not-measured': '이 제도에 필요한 값을 우리 집에서는 재고 있지 않아요.',
    'unknown-rule': '정산할 때 쓴 규정을 찾을 수 없어요. 고객센터에 알려 주세요.',
    'missing-use': '사용량 기록이 빠져 있어 계산할 수 없어요.',
    'bad-input': '집 면적 같은 입력값을 확인해 주세요.',
    'no-row': '이 날짜에 맞는 계산 기준이 없어요.',
    'too-few-days': '기록이 온전한 날이 90%보다 적어 아직 비교할 수 없어요.',
    'looks-absent': '평소의 절반도 쓰지 않아 집을 비운 것으로 보여요. 절약으로는 세지 않아요.',
    'meter-changed': '기간 중에 계량기가 바뀌어 앞뒤를 비교할 수 없어요.',
    'installation-changed': '기간 중에 기기가 늘거나 줄어 앞뒤를 비교할 수 없어요.',
    'household-split': '기간 중에 집의 범위가 바뀌어 앞뒤를 비교할 수 없어요.',
    'not-in-force': '이 기간에는 시행되지 않는 제도예요.',
    'two-versions': '기간 중에 규정이 바뀌어 어느 규정으로 계산할지 정해지지 않았어요.',
  } satisfies Record<BaselineRefusal | ProgrammeRefusal | NoScore['code'] | NoStanding['code'], string>,
  remark: {
    'short-history': '기록이 짧아 적은 날로 계산했어요.',
    'one-prior-year': '지난 2년 가운데 한 해의 기록만 있어요.',
    'filled-month': '빠진 달은 다른 달의 평균으로 채웠어요.',
    'screened-day': '집을 비운 듯한 날은 빼고 계산했어요.',
    'adjustment-capped': '당일 보정을 상한까지만 했어요.',
    'no-same-day-hours': '당일 앞 시간의 기록이 없어 보정하지 못했어요.',
    'no-days-before': '앞선 날들의 기록이 없어 보정하지 못했어요.',
  } satisfies Record<RemarkCode, string>,
  method: {
    'ten-of-ten': '최근 비슷한 10일의 평균',
    'ten-of-ten-same-day': '최근 비슷한 10일의 평균을 당일에 맞춰 보정',
    'ten-of-ten-day-so-far': '최근 비슷한 10일의 평균을 그날 앞부분에 맞춰 보정',
    'ten-of-ten-same-kind': '같은 종류의 최근 10일 평균',
    'seven-of-seven-same-kind': '같은 종류의 최근 7일 평균',
    'five-of-five-same-kind': '같은 종류의 최근 5일 평균',
    'four-of-four-same-kind': '같은 종류의 최근 4일 평균',
    'ten-of-ten-days-before-20': '같은 종류의 최근 10일 평균을 앞선 3일에 맞춰 보정',
    'ten-of-ten-days-before-40': '같은 종류의 최근 10일 평균을 앞선 3일에 맞춰 보정',
    'mid-6-of-10': '최근 10일 가운데 6일의 평균 (Mid 6/10)',
    'max-4-of-5': '최근 5일 중 많이 쓴 4일의 평균 (Max 4/5)',
    'mid-8-of-10': '최근 10일 가운데 8일의 평균 (Mid 8/10)',
    'same-month-two-years': '지난 2년 같은 달의 평균',
    'same-half-two-years': '지난 2년 같은 반기의 평균',
    'own-past': '남은 날을 우리 집의 지난 날들처럼 쓴다고 보고 계산',
    'weather-regression-daily': '기온을 고려한 하루 단위 회귀식',
  },
};
export type ReasonTexts = typeof ko;
