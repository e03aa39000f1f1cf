import { kwhText } from '../../format/energy.ts';
import { amountText, wonText } from '../../format/money.ts';
import type { NoticeTexts } from '../notice-texts.ts';

const DAY = /^\d{4}-(\d\d)-(\d\d)$/;
const day = (date: string): string => date.replace(DAY, (_, month, of) => `${Number(month)}월 ${Number(of)}일`);
const TIERS: Record<string, string> = { '2': '2단계', '3': '3단계', super: '슈퍼유저' };
const SECURITY: Record<string, string> = {
  'residence-claimed': '다른 가구가 우리 집 주소를 등록했어요. 함께 살게 된 사람이 없다면 운영자에게 알려 주세요.',
  'residence-guessed': '누군가 우리 집 주소로 잘못된 거주 확인 코드를 여러 번 입력했어요. 열린 것은 없어요.',
  'residence-locked': '거주 확인 코드가 열 번 틀려 더 확인하지 않아요. 운영자가 확인한 뒤 풀어 드려요.',
  'residence-approved': '운영자가 거주를 확인했어요. 이제 사용량을 볼 수 있어요.',
  'residence-refused': '운영자가 거주를 확인하지 못했어요. 이유는 시작하기 화면에 있어요.',
  'residence-unlocked': '운영자가 거주 확인 코드 잠금을 풀었어요. 다시 입력할 수 있어요.',
  'membership-ended': '이 집의 구성원에서 제외되었어요. 직접 한 일이 아니라면 대표자에게 확인해 주세요.',
  'claims-locked': '기기 등록 코드가 여러 번 틀려서 등록을 잠갔어요. 직접 한 일이 아니라면 고객센터에 알려 주세요.',
  'gateway-doubled': '같은 인증서를 쓰는 기기가 두 대 보여요. 기기 화면에서 확인하고 모르는 기기라면 끊어 주세요.',
  'home-erased':
    '함께 쓰던 집을 대표자가 지우고 있어요. 사용 기록도 모두 지워져요. 뜻밖이라면 바로 대표자에게 물어보세요.',
  'role-changed': '이 집에서의 권한이 바뀌었어요. 구성원 화면에서 확인해 주세요.',
};

/** Every sentence that tells somebody what happened, in the app, on the lock screen and by e-mail. A Korean mark opens advertising in every language. */
export const ko: NoticeTexts = {
  'unusual-use': {
    title: () => '평소보다 전기를 많이 쓰고 있어요',
    text: ({ toHour, usedWh, usualWh }) =>
      `${toHour}시까지 두 시간 동안 ${kwhText(usedWh)} kWh를 썼어요. 이 시간에는 보통 ${kwhText(usualWh)} kWh예요. 켜 둔 기기가 있는지 확인해 보세요.`,
  },
  'tier-ahead': {
    title: ({ intoTier }) => `곧 누진 ${TIERS[intoTier] ?? intoTier}에 들어가요`,
    text: ({ atKwh, crossesOn }) => `지금처럼 쓰면 ${day(crossesOn)}쯤 ${atKwh} kWh를 넘을 것으로 예상돼요.`,
  },
  budget: {
    title: () => '이번 달 요금이 목표를 넘을 것 같아요',
    text: ({ projectedWon, budgetWon }) =>
      `예상 요금은 ${wonText(projectedWon)}, 정한 목표는 ${wonText(budgetWon)}이에요.`,
  },
  'event-invitation': {
    title: ({ date, fromHour, toHour }) => `${day(date)} ${fromHour}~${toHour}시, 절전 이벤트가 있어요`,
    text: ({ joined }) =>
      joined === 'rule'
        ? '자동 참여 규칙에 따라 참여를 신청했어요. 원하지 않으면 이벤트 화면에서 그만둘 수 있어요.'
        : '참여하면 아낀 만큼 리워드를 받아요. 예상 리워드를 보고 참여할지 정해 주세요.',
  },
  'event-result': {
    title: () => '절전 이벤트 결과가 나왔어요',
    text: ({ amount, unit }) =>
      amount > 0
        ? `받을 리워드: ${amountText(amount, unit)}. 검침값이 확정되면 달라질 수 있어요.`
        : '이번에는 리워드가 없어요. 자세한 내용을 확인해 보세요.',
  },
  'device-offline': {
    title: () => '기기가 값을 보내지 않아요',
    text: () => '전원과 인터넷 연결을 확인해 주세요. 연결되면 밀린 값을 받아 올게요.',
  },
  'reward-paid': {
    title: () => '리워드가 들어왔어요',
    text: ({ amount, unit }) => `${amountText(amount, unit)} 지급을 마쳤어요.`,
  },
  'challenge-end': {
    title: () => '챌린지가 끝났어요',
    text: ({ amount, unit }) =>
      amount > 0 ? `목표를 이뤘어요! 받을 리워드 ${amountText(amount, unit)}` : '결과를 확인해 보세요.',
  },
  'weekly-summary': {
    title: ({ importWh }) => `지난주에 한전 전기를 ${kwhText(importWh)} kWh 썼어요`,
    text: ({ from, to, importWh, beforeImportWh, costWon }) =>
      [
        `${day(from)}부터 ${day(to)}까지예요.`,
        beforeImportWh === undefined
          ? undefined
          : importWh === beforeImportWh
            ? '그 전주와 같아요.'
            : `그 전주보다 ${kwhText(Math.abs(importWh - beforeImportWh))} kWh ${importWh > beforeImportWh ? '더' : '덜'} 썼어요.`,
        costWon === undefined ? undefined : `요금으로는 ${wonText(costWon)}이에요.`,
      ]
        .filter((part) => part !== undefined)
        .join(' '),
  },
  security: {
    title: () => '보안 알림',
    text: ({ what }) => SECURITY[what] ?? '계정이나 집의 보안에 관한 일이 있었어요. 앱에서 확인해 주세요.',
  },
  marketing: {
    title: () => '(광고) 우리 집이 참여할 수 있는 프로그램이 있어요',
    text: () => '조건과 리워드를 앱에서 확인해 보세요.',
  },
  letter: {
    brand: '우리 집 에너지',
    open: '자세히 보기',
    settings: '알림 설정',
    from: (contact) => `보낸 이: 우리 집 에너지 (${contact})`,
    unsubscribe: '광고 수신 거부(무료)',
    unsubscribePush: '알림 설정에서 무료로 수신을 거부할 수 있어요.',
  },
};
