/** What the app says about itself: a new version, installing it, and what it kept for when there is no connection. */
export const ko = {
  label: '앱 알림',
  newVersion: {
    title: '새 버전이 준비됐어요',
    text: '쓰고 있던 내용이 있다면 마친 뒤에 열어 주세요.',
    button: '새 버전 열기',
  },
  install: {
    title: '앱으로 설치해 보세요',
    text: '홈 화면에서 바로 열리고, 인터넷이 끊겨도 마지막 화면을 볼 수 있어요.',
    button: '설치',
    byHand: '브라우저의 공유 버튼을 누르고 ‘홈 화면에 추가’를 고르세요.',
  },
  later: '나중에',
  kept: {
    title: (moment: string) => `${moment}에 마지막으로 받은 화면이에요`,
    text: '이 기기에만 저장돼 있고, 로그아웃하면 지워져요.',
    again: '다시 연결',
  },
};
export type OfflineTexts = typeof ko;
