/** What anyone reads who is not signed in. */
export const ko = {
  title: '우리 집 전기, 지금 얼마나 쓰고 있을까요?',
  lead: '계량기가 보낸 값을 5초마다 보여 드려요. 늦은 값은 늦었다고, 추정한 값은 추정했다고 꼭 함께 알려 드려요.',
  button: '로그인',
  points: [
    { title: '지금 쓰는 전력', text: '몇 초 전 값인지 항상 함께 보여 드려요.' },
    { title: '최근 24시간', text: '언제 많이 썼는지 그래프와 표로 볼 수 있어요.' },
    { title: '기기와 실내 환경', text: '마지막 수신 시각, 온도, 습도, 이산화탄소를 한눈에 확인하세요.' },
  ],
  going: '로그인 화면으로 이동하고 있어요…',
  failed: '로그인하지 못했어요',
  failedText: '로그인 서비스에 연결하지 못했거나 로그인 시간이 지났어요. 다시 로그인해 주세요.',
  ended: '모든 기기에서 로그아웃해서 이 기기의 로그인도 끝났어요. 다시 로그인해 주세요.',
};
export type LandingTexts = typeof ko;
