/** From where the values of a demo home come, in full: what its label says once it is opened. */
export const ko = {
  simulated: '데모 데이터: 컴퓨터가 만들어 낸 값이며, 실제 가구의 자료가 아니에요.',
  replayed: (o: { country: string; credit: string; shiftDays: number; scale: string }) =>
    `데모 데이터: ${o.country} 실제 가구의 기록(${o.credit})을 ${o.shiftDays}일 옮기고 ${o.scale}배로 조정한 값이며, 한국 가구의 자료가 아니에요.`,
  pvScale: (scale: string) => `태양광 값은 ${scale}배로 조정했어요.`,
};
export type OriginTexts = typeof ko;
