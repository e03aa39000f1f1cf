import type { ConsentPurpose } from '@hems/models/household/consents';

/** The text of each purpose, by item: a change of what is agreed to raises `textVersion` in `@hems/models/household/consents`. */
type Text = {
  readonly name: string;
  /** why, and what is done */
  readonly why: string;
  /** which data */
  readonly data: string;
  /** who is given them */
  readonly who: string;
  /** how long they are kept */
  readonly kept: string;
  /** that it may be refused, and what is then not to be had */
  readonly refuse: string;
};

const purposes: Record<ConsentPurpose, Text> = {
  analysis: {
    name: '사용 분석',
    why: '앞으로 쓸 전기를 미리 알려 드리고, 우리 집에 맞는 절약 방법과 배터리·전기차 계획을 제안하고, 평소와 다른 사용을 알아채 알려 드리려고 우리 집의 사용 습관을 분석해요. 예측 모델도 이름 없는 시간별 사용량으로 배워요.',
    data: '15분 단위 전력 사용량, 하루 사용량, 기기별 전력, 지역의 날씨, 요금제, 집 면적과 거주 인원',
    who: '누구에게도 제공하지 않아요.',
    kept: '예측값은 180일, 학습용 자료는 길어도 4일 뒤, 추천은 마지막으로 본 지 180일 뒤 지워요. 추천에 하신 답은 동의를 철회할 때까지 두어요. 동의를 철회하면 추천과 답은 바로 지우고, 더는 만들지 않아요.',
    refuse:
      '동의하지 않아도 돼요. 예측, 제안, 계획과 이상 사용 알림만 받을 수 없고, 사용량과 요금은 그대로 볼 수 있어요.',
  },
  community: {
    name: '커뮤니티 비교',
    why: '비슷한 집들과 절감률을 비교하고 챌린지에 함께하려고 써요.',
    data: '지난해와 비교한 절감률과 자동으로 정해진 가명. 이름, 주소, 사용량은 보이지 않아요.',
    who: '같은 지역, 같은 종류의 집에 사는 참여 가구에게 가명과 절감률만 보여요.',
    kept: '순위는 400일 보관해요. 동의를 철회하면 순위에서 바로 빠져요.',
    refuse: '동의하지 않아도 돼요. 순위와 챌린지에만 참여할 수 없어요.',
  },
  government: {
    name: '정부·공공 프로그램',
    why: '에너지캐시백, 탄소중립포인트, 국민DR처럼 신청한 프로그램의 자격을 확인하고 절감량을 정산하려고 제공해요.',
    data: '신청한 프로그램, 신청 때의 답변, 그 프로그램 기간의 사용량과 절감량과 그 근거. 그리고 시·군·구별 월간 통계(20가구 이상 합계이고, 한 집을 알아볼 수 없어요)',
    who: '신청한 프로그램의 운영 기관: 한국전력공사(캐시백), 한국환경공단과 지방자치단체(탄소중립포인트, 아파트 미션), 수요관리사업자와 전력거래소(국민DR)',
    kept: '프로그램이 끝나고 정산에 관한 법정 기간(5년) 동안 보관해요.',
    refuse:
      '동의하지 않아도 돼요. 이 프로그램들에만 신청할 수 없어요. 동의를 철회하면 신청은 취소되고, 이미 정산된 리워드는 그대로 남아요.',
  },
  bems: {
    name: '건물 관리 시스템(BEMS) 제공',
    why: '건물의 전기를 함께 관리해 공용 요금과 최대 전력을 줄이려고 제공해요.',
    data: '15분 단위 전력 사용량과 발전량. 이름과 연락처는 제공하지 않아요.',
    who: '우리 건물의 관리 주체와 그 건물 관리 시스템 운영자. 제공을 시작하기 전에 이름을 알려 드려요.',
    kept: '제공받은 곳에서 13개월까지 보관해요.',
    refuse: '동의하지 않아도 돼요. 이 서비스를 쓰는 데 아무 불이익이 없어요.',
  },
  research: {
    name: '연구 제공',
    why: '에너지 절약과 전력망 연구에 쓰도록 제공해요.',
    data: '집을 알아볼 수 없게 가명으로 바꾼 15분 단위 사용량, 지역(시군구), 집 종류와 면적',
    who: '협약을 맺은 연구 기관. 제공할 때마다 기관과 연구 제목을 알려 드려요.',
    kept: '연구가 끝날 때까지, 길어도 3년 동안 보관해요.',
    refuse: '동의하지 않아도 돼요. 이 서비스를 쓰는 데 아무 불이익이 없어요.',
  },
  marketing: {
    name: '광고성 정보 받기',
    why: '우리 집에 맞는 절약 제품이나 요금제의 혜택을 알려 드리려고 써요.',
    data: '집 종류, 기기 종류, 하루 사용량과 알림 받을 곳(앱, 푸시, 이메일)',
    who: '누구에게도 제공하지 않아요. 알림은 저희가 직접 보내요.',
    kept: '동의를 철회할 때까지, 길어도 2년 동안만 써요. 그 뒤에는 다시 여쭤봐요.',
    refuse: '동의하지 않아도 돼요. 다른 알림은 그대로 받아요. 밤 9시부터 아침 8시까지는 보내지 않아요.',
  },
};

/** What is done without consent, because the service is that: said, not asked. */
const needed =
  '계량값을 받아 보여 드리고, 요금을 계산하고, 기기가 멈추면 알리고, 우리가 주는 리워드를 정산하는 일은 서비스를 제공하는 계약 자체라서 따로 동의를 받지 않아요.';

export const ko = {
  title: '동의 관리',
  lead: '하나하나 따로 정할 수 있고, 모두 거절해도 사용량과 요금은 그대로 볼 수 있어요.',
  needed,
  purposes,
  items: { why: '목적', data: '항목', who: '제공받는 곳', kept: '보유 기간', refuse: '거부할 권리' },
  version: (version: number) => `동의문 제${version}판`,
  agreedOn: (date: string) => `${date}에 동의했어요`,
  withdrawnOn: (date: string) => `${date}에 동의를 철회했어요`,
  never: '아직 정하지 않았어요',
  lapsed: '동의한 지 오래되어 끝났어요. 다시 정해 주세요.',
  on: '동의함',
  off: '동의 안 함',
  read: '동의문 보기',
  agreed: (date: string, version: number) => `${date} 동의 (제${version}판)`,
  withdrawn: (date: string) => `${date} 동의 철회`,
  cancel: '취소',
  confirm: '확인',
  changed: '동의문이 바뀌었어요. 새 내용을 읽고 다시 정해 주세요. 그때까지는 동의하지 않은 것으로 봐요.',
  agree: '동의하기',
  withdraw: '동의 철회하기',
  withdrawText: '철회하면 바로 멈춰요. 그전에 한 일은 그대로 남아요.',
  busy: '처리하는 중…',
  failed: '처리하지 못했어요.',
  viewer: '보기 전용 구성원은 정할 수 없어요. 집 대표자에게 부탁해 주세요.',
  /** of a purpose that each member agrees to for themselves */
  personal: '나에게만 해당하는 동의예요. 다른 구성원은 각자 정하고, 서로의 답은 보이지 않아요.',
  history: '지난 기록',
  agreeFirst: '동의에 표시해 주세요.',
  agreeTo: (name: string) => `‘${name}’에 동의해요`,

  access: {
    title: '접근 기록',
    lead: '우리 집 정보를 보거나 바꾼 운영 담당자와 협력사의 기록이에요. 2년 동안 보관하고, 누가 고치거나 지우면 흔적이 남아요.',
    none: '우리 집 정보를 본 사람이 아직 없어요.',
    more: '더 보기',
    staff: (id: string) => `운영 담당자 ${id}`,
    partner: (id: string) => `협력사 ${id}`,
    why: (reason: string) => `이유: ${reason}`,
    /** by the code of the entry; another one is shown as it is */
    what: {
      'look-up': '기기와 가입 상태를 조회했어요',
      audit: '접근 기록을 감사했어요',
      'residences-listed': '거주 확인을 기다리는 목록에서 봤어요',
      'residence-approved': '거주를 확인했어요',
      'residence-compared': '서류의 주소와 비교했고, 달라서 확인하지 않았어요',
      'residence-proven-by-code': '거주 확인에 쓰인 건물 코드를 만들었어요',
      'residence-refused': '거주 확인을 거절했어요',
      'residence-unlocked': '거주 확인 코드 잠금을 풀었어요',
      'applications-listed': '신청 목록에서 봤어요',
      'application-moved': '신청을 처리했어요',
      'payouts-listed': '지급 요청 목록에서 봤어요',
      'payout-decided': '지급 요청을 처리했어요',
      'payment-recorded': '지급 결과를 기록했어요',
      'payments-compared': '지급 내역을 대조했어요',
      'credit-confirmed': '기관이 준 리워드를 확인했어요',
      'messages-listed': '받지 못한 계량값 목록을 봤어요',
      'message-replayed': '받지 못한 계량값을 다시 처리했어요',
      'claims-unlocked': '기기 등록 잠금을 풀었어요',
      'application-read': '신청 내용을 봤어요',
      'usage-read': '15분 단위로 쓴 전기와 보낸 전기를 봤어요',
      'savings-read': '정산한 절감량과 리워드를 봤어요',
      'settlement-filed': '정산 파일에 우리 집 정산을 담아 갔어요',
      'settlement-evidence': '정산의 근거를 봤어요',
      'dispute-opened': '정산에 이의를 냈어요',
      'dispute-read': '정산에 낸 이의를 봤어요',
      'dispute-closed': '정산에 낸 이의를 마쳤어요',
      'disputes-listed': '이의 목록에서 봤어요',
      'dispute-answered': '정산에 낸 이의에 답했어요',
    } as Readonly<Record<string, string>>,
  },
};
export type ConsentsTexts = typeof ko;
