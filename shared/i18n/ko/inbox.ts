import type { NoticeKind } from '@hems/models/notices/kinds';

/** The inbox, how notices reach somebody, and leaving advertising. The sentences of the notices themselves are in `notices.ts`. */
export const ko = {
  title: '알림함',
  list: '받은 알림',
  bell: (unread: number) => (unread > 0 ? `알림함, 새 알림 ${unread}개` : '알림함'),
  unread: (count: number) => `새 알림 ${count}개`,
  allRead: '새 알림이 없어요',
  isNew: '새 알림',
  empty: {
    title: '아직 받은 알림이 없어요',
    text: '평소와 다른 사용, 누진 구간, 이벤트와 보상 소식을 여기에 모아 드려요. 90일 동안 보관해요.',
  },
  kept: '알림은 90일 동안 보관해요.',
  unknown: '이 알림을 읽지 못했어요. 앱이 오래되었을 수 있으니 페이지를 새로 고쳐 주세요.',
  markAll: '모두 읽음으로 표시',
  more: '이전 알림 보기',
  toSettings: '알림 설정',
  failed: '처리하지 못했어요.',

  settings: {
    title: '알림 설정',
    back: '알림함으로',
    lead: '나에게만 적용돼요. 함께 사는 구성원은 각자 정해요.',
    save: '저장',
    saving: '저장하는 중…',
    saved: '저장했어요.',
    notSaved: '저장하지 못했어요.',

    kinds: '무엇을 어디로 받을까요',
    kind: '알림',
    channel: { inbox: '앱', push: '푸시', email: '메일' },
    each: (kind: string, channel: string) => `${kind}: ${channel}`,
    name: {
      'unusual-use': '평소와 다른 사용',
      'tier-ahead': '누진 구간 예고',
      budget: '요금 목표 초과',
      'event-invitation': '절전 이벤트 안내',
      'event-result': '절전 이벤트 결과',
      'device-offline': '기기 연결 끊김',
      'reward-paid': '보상 지급',
      'challenge-end': '챌린지 종료',
      'weekly-summary': '주간 요약',
      security: '보안',
      marketing: '광고·혜택',
    } satisfies Record<NoticeKind, string>,
    securityNote: '보안 알림은 알림함에서 끌 수 없어요.',
    marketingNote: '광고·혜택은 ‘광고성 정보 받기’에 동의한 집의 것만 와요. 밤 9시부터 아침 8시까지는 보내지 않아요.',
    analysisNote: '평소와 다른 사용은 ‘사용 분석’에 동의한 집의 것만 와요.',
    consents: (home: string) => `${home} 동의 관리`,

    when: '언제, 얼마나',
    quiet: '조용한 시간 두기',
    quietHint: '푸시와 메일을 이 시간이 끝날 때까지 미뤄요. 알림함과 보안 알림은 미루지 않아요.',
    from: '시작',
    to: '끝',
    hour: (hour: number) => `${hour < 12 ? '오전' : '오후'} ${hour % 12 === 0 ? 12 : hour % 12}시`,
    sameHour: '시작과 끝을 다르게 정해 주세요.',
    cap: '일주일에 받을 푸시와 메일',
    capHint: '0개에서 50개까지예요. 보안 알림은 세지 않아요.',
    capWrong: '0에서 50 사이의 수로 적어 주세요.',

    budget: '한 달 요금 목표',
    budgetLead: '이번 달 예상 요금이 목표를 넘으면 알려 드려요. 비워 두면 알리지 않아요.',
    budgetOf: (home: string) => `${home} (원)`,
    budgetHint: '1,000원에서 10,000,000원까지예요.',
    budgetWrong: '1,000에서 10,000,000 사이의 수로 적거나 비워 주세요.',
    noHomes: '아직 집이 없어요. 집을 더하면 목표를 정할 수 있어요.',

    push: '이 기기로 푸시 받기',
    pushText: {
      unsupported:
        '이 브라우저는 푸시를 받을 수 없어요. 아이폰과 아이패드는 홈 화면에 추가한 앱에서만 받을 수 있어요. 메일은 그대로 받을 수 있어요.',
      'not-set-up': '이 서비스에는 아직 푸시가 준비되지 않았어요. 메일로 받아 주세요.',
      denied:
        '이 브라우저에서 알림이 막혀 있어요. 브라우저의 사이트 설정에서 알림을 허용한 뒤 이 화면을 새로 고쳐 주세요.',
      off: '앱을 열지 않아도 이 기기로 알려 드려요. 누르면 브라우저가 허용할지 물어봐요.',
      on: '이 기기로 푸시를 받고 있어요.',
    },
    pushOn: '이 기기로 받기',
    pushOff: '이 기기에서 끄기',
    pushBusy: '처리하는 중…',
    pushFailed: '이 기기를 등록하지 못했어요. 인터넷 연결을 확인하고 다시 해 주세요.',
    pushElsewhere: (count: number) => `푸시를 받는 내 기기: ${count}대`,
  },

  unsubscribe: {
    title: '광고 수신 거부',
    text: '이 주소로 보내는 광고·혜택 알림을 모두 멈춰요. 로그인하지 않아도 되고, 비용이 들지 않아요.',
    button: '수신 거부하기',
    busy: '처리하는 중…',
    failed: '처리하지 못했어요.',
    done: { title: '광고를 더 보내지 않아요', text: '다시 받고 싶으면 알림 설정에서 켤 수 있어요.' },
    none: { title: '링크가 온전하지 않아요', text: '메일에 있는 수신 거부 링크를 다시 열어 주세요.' },
    home: '처음으로',
  },
};
export type InboxTexts = typeof ko;
