/** How the screen looks: language, appearance, size of its text. */
export const ko = {
  title: '화면 설정',
  language: '언어',
  theme: '화면 밝기',
  themes: { system: '자동', light: '밝게', dark: '어둡게' },
  type: '글자 크기',
  types: { normal: '보통', large: '크게', largest: '아주 크게' },
  kept: '이 브라우저에만 저장돼요.',
};
export type DisplayTexts = typeof ko;
